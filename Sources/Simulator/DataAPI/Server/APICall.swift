import Records
import HTTPTypes
import Hummingbird
import NIOCore
import StrictJSON

/// One request for a resource, independent of its connection.
struct APICall {
    let path: APIPath
    let method: HTTPRequest.Method
    let query: String
    let body: [UInt8]
    let type: String?
    let authorization: String?
    let origin: String
    let faults: [FaultRule]

    /// - Throws: an ``APIRefusal``
    func answer(_ state: inout APIState) throws -> APIAnswer {
        if faults.contains(where: { $0.fault == .revoke }) { state.tokens.revokeAll() }
        let grant = try state.tokens.grant(authorization, now: state.clock.now)
        guard let kind = path.kind(method), let resource = state.resource(path.resource),
            let operation = resource.operation(kind)
        else { throw APIRefusal(.notFound, "This operation does not exist.") }
        let scope = kind.isRead ? resource.readScope : resource.writeScope ?? resource.readScope
        guard grant.allows(scope) else { throw APIRefusal(.forbidden, "The scope \(scope) is required.") }
        let mayRead = grant.allows(resource.readScope)
        func written(_ result: (id: GUID, record: ByteBuffer)) -> APIAnswer {
            mayRead ? APIAnswer(data: result.record) : APIAnswer(id: result.id)
        }
        let id = path.rest ?? ""
        switch kind {
        case .get: return try get(resource, operation, &state)
        case .find: return try find(resource, operation, fields(query), &state)
        case .findByPost: return try find(resource, operation, parameters(), &state)
        case .create: return written(try state.create(resource, json()))
        case .update: return written(try state.update(resource, operation, id: id, json()))
        case .delete: return APIAnswer(id: try state.delete(resource, id: id))
        case .upload: return written(try state.upload(type: type, size: body.count))
        }
    }

    private func get(_ resource: Resource, _ operation: Operation, _ state: inout APIState) throws -> APIAnswer {
        let ordinal = try state.ordinal(resource, path.rest ?? "")
        let now = state.clock.now
        let query = try FindQuery(
            fields(query), operation: operation, settings: state.settings, now: now)
        return APIAnswer(data: state.shown(state[table: resource.name].bytes(ordinal), query))
    }

    private func find(
        _ resource: Resource, _ operation: Operation, _ parameters: [FormText.Field],
        _ state: inout APIState
    ) throws -> APIAnswer {
        let query = try FindQuery(
            parameters, operation: operation, settings: state.settings, now: state.clock.now)
        guard operation.isWindowed else {
            return APIAnswer(200, ByteBuffer(bytes: try Availability.body(query.filters, in: state)))
        }
        for rule in faults where rule.fault == .churn {
            _ = state.change(resource.name, count: rule.count ?? 1, key: UInt64.random(in: 0...UInt64.max))
        }
        let page = try state.find(query, in: resource, origin: origin, faults: pageFaults)
        if state.settings.churn > 0 {
            let key = UInt64(state.requests.counts.values.reduce(0, +))
            _ = state.change(resource.name, count: state.settings.churn, key: key)
        }
        return APIAnswer(200, page)
    }

    private var pageFaults: APIState.PageFaults {
        var result = APIState.PageFaults()
        for rule in faults {
            switch rule.fault {
            case .repeatPage: result.repeats = true
            case .stuckNext: result.isStuck = true
            case .endlessNext: result.isEndless = true
            case .foreignNext: result.foreignOrigin = rule.origin ?? "https://elsewhere.example"
            case .huge: result.padding = rule.bytes ?? 100_000_000
            default: break
            }
        }
        return result
    }

    private func json() throws -> JSONValue {
        do {
            return try JSONDocument(parsing: body, mode: .tolerant).root
        } catch {
            throw APIRefusal(.parse, "The body is not JSON: \(error.code.rawValue) at byte \(error.offset).")
        }
    }

    /// The parameters of a Find by POST: a JSON object, or a form.
    private func parameters() throws -> [FormText.Field] {
        guard type?.hasPrefix("application/json") ?? true else {
            return try fields(String(decoding: body, as: UTF8.self))
        }
        let root = try json()
        guard root.kind == .object else { throw APIRefusal(.parse, "The body is not a JSON object.") }
        var result: [FormText.Field] = []
        for (key, value) in root.members where !value.isNull {
            // `{"page": {"from": …}}` is equivalent to `{"page[from]": …}`.
            for (inner, value) in value.members {
                result.append(.init("\(key.string ?? "")[\(inner.string ?? "")]", Self.text(value)))
            }
            if value.kind != .object { result.append(.init(key.string ?? "", Self.text(value))) }
        }
        return result
    }

    private func fields(_ text: String) throws -> [FormText.Field] {
        guard let fields = FormText.fields(text) else {
            throw APIRefusal(.parse, "A percent escape is invalid, or the bytes are not UTF-8.")
        }
        return fields
    }

    private static func text(_ value: JSONValue) -> String {
        value.string ?? String(decoding: value.raw, as: UTF8.self)
    }
}
