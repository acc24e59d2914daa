import DataAPI
import FoundationEssentials
import Hummingbird
import NIOCore
import StrictJSON

/// The routes that control the API: what changes, what goes wrong, what the truth is.
struct APIControl {
    let provider: APIProvider

    init(_ provider: APIProvider) { self.provider = provider }

    func respond(to request: Request) async -> Response {
        let name = request.uri.path.dropFirst("/_control/".count)
        do {
            switch (request.method, name) {
            case (.get, "dump"): return try dump(request)
            case (.get, "requests"): return json(provider.with { Self.requests($0.requests) })
            case (.delete, "requests"): provider.with { $0.requests.reset() }
            case (.get, "settings"): return try json(JSONEncoder().encode(provider.with { $0.settings }))
            case (.post, "settings"): return try await settings(request)
            case (.get, "faults"): return try json(JSONEncoder().encode(provider.with { $0.faults.rules }))
            case (.delete, "faults"): provider.with { $0.faults.set([]) }
            case (.post, "faults"):
                let body = try await body(request, ControlRequest.Faults.self)
                provider.with { body.add == true ? $0.faults.add(body.faults) : $0.faults.set(body.faults) }
            case (.post, "clock"): return try await clock(request)
            case (.get, "clock"): return json(clockText())
            case (.post, "resource"): try await addResource(request)
            case (.post, "odd"): return try await odd(request)
            case (.post, "change"), (.post, "add"), (.post, "late"), (.post, "delete"):
                return try await change(request, String(name))
            default: throw ControlProblem("there is no control route \(request.method) \(name)")
            }
            return json(Array("{}".utf8))
        } catch {
            return json(Array(#"{"error":\#(RawJSONObject.string("\(error)"))}"#.utf8), status: .badRequest)
        }
    }

    private func json(_ bytes: some Sequence<UInt8>, status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status, headers: [.contentType: "application/json"],
            body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    private func body<Body: Decodable>(_ request: Request, _ type: Body.Type) async throws -> Body {
        let bytes = try await request.body.collect(upTo: 1 << 20)
        return try JSONDecoder().decode(type, from: Data(bytes.readableBytesView))
    }

    /// `[{"ids"}]`: every id whose record a control request touched.
    private func ids(_ ids: [GUID]) -> Response {
        var json = JSONWriter()
        json.object { json in
            json.member("count", Int64(ids.count))
            json.member("ids", array: { json in ids.forEach { json.string($0.text) } })
        }
        return self.json(json.bytes)
    }

    private func change(_ request: Request, _ name: String) async throws -> Response {
        let body = try await body(request, ControlRequest.Change.self)
        let count = body.count ?? 1
        guard count >= 0 else { throw ControlProblem("count is negative") }
        var moment = try body.moment()
        return try provider.with { state in
            guard state.source(body.resource) != nil else { throw ControlProblem("there is no \(body.resource)") }
            let key = body.seed ?? UInt64.random(in: 0...UInt64.max)
            switch name {
            case "add": return ids(state.add(body.resource, count: count, moment))
            case "delete": return ids(state.delete(body.resource, count: count, key: key))
            case "late":
                moment.at = moment.at ?? state.clock.now - Int64(body.seconds ?? 60) * .second
                return ids(state.add(body.resource, count: count, moment))
            default:
                return ids(
                    state.change(
                        body.resource, count: count, key: key, moment, unknownFields: body.unknownFields ?? 0))
            }
        }
    }

    private func odd(_ request: Request) async throws -> Response {
        let body = try await body(request, ControlRequest.Odd.self)
        return try provider.with { state in
            guard state.source(body.resource) != nil else { throw ControlProblem("there is no \(body.resource)") }
            return ids(state.spoil(body.resource, body.kind, count: body.count ?? 1, key: body.seed ?? 1))
        }
    }

    private func addResource(_ request: Request) async throws {
        let body = try await body(request, ControlRequest.NewResource.self)
        try provider.with { state in
            guard state.resource(body.name) == nil, Resource.unknown(body.name) != nil else {
                throw ControlProblem("\(body.name) is there already, or no name")
            }
            state.add(.unknown(body.name, count: body.count ?? 0))
        }
    }

    private func settings(_ request: Request) async throws -> Response {
        let bytes = Data(try await request.body.collect(upTo: 1 << 16).readableBytesView)
        let change = try JSONDecoder().decode(SettingsChange.self, from: bytes)
        let settings = try provider.with { state in
            let settings = change.applied(to: state.settings)
            guard settings.isSound else { throw ControlProblem("a number makes no sense") }
            state.settings = settings
            return settings
        }
        return try json(JSONEncoder().encode(settings))
    }

    private func clock(_ request: Request) async throws -> Response {
        let body = try await body(request, ControlRequest.Clock.self)
        try provider.with { state in
            if body.reset == true { (state.clock.frozen, state.clock.offset) = (nil, 0) }
            if let offset = body.offset { state.clock.offset = Int64(offset * Double(Int64.second)) }
            if let text = body.frozen {
                guard let instant = Instant(text) else { throw ControlProblem("frozen is no ISO date-time") }
                state.clock.frozen = instant.microseconds
            }
            if let seconds = body.advance {
                let step = Int64(seconds * Double(Int64.second))
                if let frozen = state.clock.frozen {
                    state.clock.frozen = frozen + step
                } else {
                    state.clock.offset += step
                }
            }
            state.clock.forget()
        }
        return json(clockText())
    }

    private func clockText() -> [UInt8] {
        let now = Instant(microseconds: provider.with { $0.clock.now }).description
        return Array(#"{"now":"\#(now)"}"#.utf8)
    }

    /// A resource's records as they are now, a line each, in the order of their last change.
    private func dump(_ request: Request) throws -> Response {
        let query = FormText.fields(request.uri.query ?? "") ?? []
        guard let name = query.first(where: { $0.name == "resource" })?.value,
            let table = provider.with({ $0.source(name) == nil ? nil : $0[table: name] })
        else { throw ControlProblem("resource names none that has records") }
        let body = ResponseBody { writer in
            var buffer = ByteBuffer()
            for position in 0..<table.count {
                buffer.writeImmutableBuffer(table.bytes(table.ordinal(at: position)))
                buffer.writeStaticString("\n")
                if buffer.readableBytes > 1 << 18 {
                    try await writer.write(buffer)
                    buffer = ByteBuffer()
                }
            }
            try await writer.write(buffer)
            try await writer.finish(nil)
        }
        return Response(status: .ok, headers: [.contentType: "application/x-ndjson"], body: body)
    }

    private static func requests(_ log: RequestLog) -> [UInt8] {
        var json = JSONWriter()
        json.object { json in
            json.member("total", Int64(log.counts.values.reduce(0, +)))
            json.member("most_at_once", Int64(log.mostOpen))
            json.member(
                "requests",
                array: { json in
                    for (key, count) in log.counts.sorted(by: { $0.key < $1.key }) {
                        json.object { json in
                            json.member("method", key.method)
                            json.member("path", key.path)
                            json.member("status", Int64(key.status))
                            json.member("count", Int64(count))
                        }
                    }
                })
        }
        return json.bytes
    }
}
