import Records
import Hummingbird
import NIOCore
import StrictJSON

/// Changes to the records.
extension APIControl {
    func change(_ request: Request, _ name: String) async throws -> Response {
        let body = try await body(request, ControlRequest.Change.self)
        let count = body.count ?? 1
        let unknownFields = body.unknownFields ?? 0
        guard count >= 0, unknownFields >= 0 else { throw ControlProblem("a number is negative") }
        guard body.id == nil || name == "delete" else { throw ControlProblem("id is for put and delete") }
        var moment = try body.moment()
        return try provider.with { state in
            guard state.source(body.resource) != nil else { throw ControlProblem("there is no \(body.resource)") }
            if let id = body.id { return ids([try state.delete(body.resource, id: id)]) }
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
                        body.resource, count: count, key: key, moment, unknownFields: unknownFields))
            }
        }
    }

    /// Sets members of one record: `{"resource", "id", "values": {…}, "at"}`. Without an id, or under one that does not
    /// exist, the record is new.
    func put(_ request: Request) async throws -> Response {
        let bytes = try await request.body.collect(upTo: 1 << 20)
        let body = try JSONDocument(parsing: Array(bytes.readableBytesView)).root
        let known = ["resource", "id", "values", "at"]
        guard let resource = body["resource"]?.string, let values = body["values"], values.kind == .object,
            body.members.allSatisfy({ known.contains($0.key.string ?? "") })
        else { throw ControlProblem("put takes resource, values (an object), and optionally id and at") }
        let id = try body["id"].map { id in
            guard let id = id.string.flatMap({ GUID($0) }) else { throw ControlProblem("id is not a GUID") }
            return id
        }
        let at = try body["at"].map { try ControlRequest.instant($0.string ?? "") }
        return try provider.with { state in
            guard let known = state.resource(resource), state.source(resource) != nil else {
                throw ControlProblem("there is no \(resource)")
            }
            return ids([try state.put(known, id: id, values, at: at)])
        }
    }

    func odd(_ request: Request) async throws -> Response {
        let body = try await body(request, ControlRequest.Odd.self)
        return try provider.with { state in
            guard state.source(body.resource) != nil else { throw ControlProblem("there is no \(body.resource)") }
            return ids(state.spoil(body.resource, body.kind, count: body.count ?? 1, key: body.seed ?? 1))
        }
    }

    func addResource(_ request: Request) async throws {
        let body = try await body(request, ControlRequest.NewResource.self)
        guard body.count ?? 0 >= 0 else { throw ControlProblem("count is negative") }
        try provider.with { state in
            guard state.resource(body.name) == nil, Resource.unknown(body.name) != nil else {
                throw ControlProblem("\(body.name) already exists, or is not a valid name")
            }
            state.add(.unknown(body.name, count: body.count ?? 0))
        }
    }

    /// The number and the ids of the records that a control request changed.
    private func ids(_ ids: [GUID]) -> Response {
        var json = JSONWriter()
        json.object { json in
            json.member("count", Int64(ids.count))
            json.member("ids", array: { json in ids.forEach { json.string($0.text) } })
        }
        return self.json(json.bytes)
    }
}
