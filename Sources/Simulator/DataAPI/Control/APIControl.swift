import Records
import FoundationEssentials
import Hummingbird
import NIOCore
import StrictJSON

/// The routes that control the API: changes, faults, and the current records.
struct APIControl {
    let provider: APIProvider

    init(_ provider: APIProvider) { self.provider = provider }

    func respond(to request: Request) async -> Response {
        let name = request.uri.path.dropFirst("/_control/".count)
        do {
            switch (request.method, name) {
            case (.get, "dump"): return try dump(request)
            case (.get, "requests"): return json(provider.with { $0.requests.json })
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
            case (.post, "put"): return try await put(request)
            case (.post, "odd"): return try await odd(request)
            case (.post, "backup"): provider.with { $0.backUp() }
            case (.post, "restore"):
                guard provider.with({ $0.restore() }) else { throw ControlProblem("there is no backup") }
            case (.post, "change"), (.post, "add"), (.post, "late"), (.post, "delete"):
                return try await change(request, String(name))
            default: throw ControlProblem("unknown control route: \(request.method) \(name)")
            }
            return json(Array("{}".utf8))
        } catch {
            return json(Array(#"{"error":\#(RawJSONObject.string("\(error)"))}"#.utf8), status: .badRequest)
        }
    }

    func json(_ bytes: some Sequence<UInt8>, status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status, headers: [.contentType: "application/json"],
            body: .init(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    func body<Body: Decodable>(_ request: Request, _ type: Body.Type) async throws -> Body {
        let bytes = try await request.body.collect(upTo: 1 << 20)
        return try JSONDecoder().decode(type, from: Data(bytes.readableBytesView))
    }

    private func settings(_ request: Request) async throws -> Response {
        let bytes = Data(try await request.body.collect(upTo: 1 << 16).readableBytesView)
        let change = try JSONDecoder().decode(SettingsChange.self, from: bytes)
        let settings = try provider.with { state in
            let settings = change.applied(to: state.settings)
            guard settings.isSound else { throw ControlProblem("a number is out of range") }
            state.settings = settings
            return settings
        }
        return try json(JSONEncoder().encode(settings))
    }

    private func clock(_ request: Request) async throws -> Response {
        let body = try await body(request, ControlRequest.Clock.self)
        try provider.with { state in
            if body.reset == true { (state.clock.frozen, state.clock.offset) = (nil, 0) }
            if let offset = body.offset { state.clock.offset = try Self.microseconds(offset) }
            if let text = body.frozen {
                guard let instant = Instant(text) else { throw ControlProblem("frozen is not an ISO date-time") }
                state.clock.frozen = instant.microseconds
            }
            if let seconds = body.advance {
                let step = try Self.microseconds(seconds)
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

    /// At most about three hundred years.
    private static func microseconds(_ seconds: Double) throws -> Int64 {
        guard abs(seconds) < 1e10 else { throw ControlProblem("the clock cannot be set that far") }
        return Int64(seconds * Double(Int64.second))
    }

    private func clockText() -> [UInt8] {
        let now = Instant(microseconds: provider.with { $0.clock.now }).description
        return Array(#"{"now":"\#(now)"}"#.utf8)
    }
}
