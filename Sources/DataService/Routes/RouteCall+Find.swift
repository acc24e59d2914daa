import Identifiers
import Records
import Replica
import Sessions
import StrictJSON
import Tokens

/// `records/find`: the records of one owner, by fields that have an index.
extension RouteCall {
    private static var mostRecords: Int64 { 200 }
    private static var standardLimit: Int64 { 50 }
    /// An answer ends with the record that exceeds this; a larger record is an answer of its own.
    private static var largestAnswer: Int { 1 << 20 }

    func find(_ trace: inout AuditTrace) throws -> RouteAnswer {
        let resource = try readableResource(&trace)
        trace.patient = session.patient
        var conditions = try conditions(resource)
        try anchor(&conditions, resource, &trace)
        if resource == .customDataTypeRecords, let type = app.readable.customDataType {
            conditions["type_name"] = type
        }
        let found = try found(resource, conditions, &trace)
        let (asOf, version) = (try reader.asOf([resource]), try reader.version())
        var writer = JSONWriter(capacity: found.records.reduce(256) { $0 + $1.bytes.count })
        writer.object { json in
            json.member(
                "records",
                array: { list in
                    for record in found.records { list.record(record, resource, access) }
                })
            json.member("next", found.next.map(Self.text))
            json.member("as_of", asOf?.seconds)
            json.member("version", version)
        }
        trace.count = found.records.count
        return .answer(writer.bytes)
    }

    /// The records for one answer, and the place of the last one if there may be more.
    private func found(
        _ resource: Resource, _ conditions: [String: String], _ trace: inout AuditTrace
    ) throws -> (records: [Record], next: RecordKey?) {
        let order = try order()
        let limit = Int(try body.integer("limit", in: 1...Self.mostRecords) ?? Self.standardLimit)
        var after = try body.text("after").map(Self.key)
        if conditions.count == 1, let id = conditions["id"] {
            trace.record = id
            let record = try reader.record(id, of: resource)
            return (try record.map { try isReached($0, resource) ? [$0] : [] } ?? [], nil)
        }
        let fields = conditions.keys.sorted()
        guard fields.isEmpty ? resource.owner == .nobody : ReplicaReader.canFind(resource, by: fields, order: order)
        else {
            throw DataRefusal.badRequest("No index finds \(resource.name) by these fields in this order.")
        }
        while true {
            let page = try reader.page(
                of: resource, where: fields.map { ($0, conditions[$0] ?? "") }, order: order, after: after, limit: limit
            )
            var (size, chosen): (Int, [(record: Record, key: RecordKey)]) = (0, [])
            var isCut = false
            for entry in page {
                // The condition chose them; this proves it for each one.
                guard let record = Record(parsing: entry.record.bytes), try isReached(record, resource) else {
                    continue
                }
                size += record.bytes.count
                isCut = !chosen.isEmpty && size > Self.largestAnswer
                guard !isCut else { break }
                chosen.append((record, entry.key))
            }
            // A place behind a record that the session does not reach would tell that it exists.
            guard isCut || page.count == limit else { return (chosen.map(\.record), nil) }
            if let last = chosen.last { return (chosen.map(\.record), last.key) }
            after = page.last?.key
        }
    }

    private func order() throws -> RecordOrder {
        switch try body.text("order") ?? "id" {
        case "id": .id
        case "newest": .newest
        default: throw DataRefusal.badRequest("“order” must be id or newest.")
        }
    }

    /// A place in the order, as the page gets it.
    private static func text(_ key: RecordKey) -> String {
        String(decoding: Base64URL.encode(Array(key.text.utf8)), as: UTF8.self)
    }

    /// The place that an earlier answer had as `next`.
    private static func key(_ text: String) throws -> RecordKey {
        let bytes = Base64URL.decode(Array(text.utf8)[...])
        guard let key = bytes.flatMap({ RecordKey(String(decoding: $0, as: UTF8.self)) }) else {
            throw DataRefusal.badRequest("“after” must be what an earlier answer had as “next”.")
        }
        return key
    }

    /// Whether the session reaches this record.
    private func isReached(_ record: Record, _ resource: Resource) throws -> Bool {
        try access.reaches(resolver.owner(of: record, resource, candidate: session.patient), isAssigned: isAssigned)
    }

    /// The resource that the body names, if the App may read it.
    func readableResource(_ trace: inout AuditTrace) throws -> Resource {
        guard let resource = Catalogue.resource(named: try body.required("resource")) else {
            throw DataRefusal.badRequest("“resource” must be one of Welkin's resources.")
        }
        trace.resource = resource.name
        guard access.mayRead(resource) else { throw DataRefusal.notReadable }
        return resource
    }

    /// The `where` of the body: ids and other texts by field.
    private func conditions(_ resource: Resource) throws -> [String: String] {
        guard let given = body["where"] else { return [:] }
        guard given.kind == .object else { throw DataRefusal.badRequest("“where” must be an object.") }
        var conditions: [String: String] = [:]
        for (key, value) in given.members {
            guard let field = key.string,
                access.mayRead(field, of: resource) || resource.owner.fields.contains(field)
            else { throw DataRefusal.badRequest("“where” has a field that this App may not read.") }
            guard let text = value.string, !text.isEmpty, text.utf8.count <= 200 else {
                throw DataRefusal.badRequest("Each value of “where” must be a string.")
            }
            conditions[field] = text
        }
        return conditions
    }

    /// Makes sure that the conditions name an owner whom the session reaches. The session's patient is filled in where
    /// a record names its patient.
    private func anchor(
        _ conditions: inout [String: String], _ resource: Resource, _ trace: inout AuditTrace
    ) throws {
        switch resource.owner {
        case .itself:
            if conditions["primary_worker_id"].flatMap({ WorkerID($0) }) == session.worker, session.patient == nil {
                return
            }
            try anchor(&conditions, patient: "id", &trace)
        case .patient(let field): try anchor(&conditions, patient: field, &trace)
        case .parent(let field, let name):
            try anchor(conditions, parent: field, of: Catalogue.resource(named: name).map { [$0] } ?? [], &trace)
        case .parentOfKind(let field, _, let resources):
            let parents = Catalogue.resources.filter { resources.isEmpty || resources.values.contains($0.name) }
            try anchor(conditions, parent: field, of: parents, &trace)
        case .entities(let fields):
            guard let field = fields.first(where: { conditions[$0] != nil }) else {
                throw DataRefusal.badRequest("“where” must name \(fields.joined(separator: " or ")).")
            }
            try anchor(&conditions, patient: field, &trace)
        case .worker(let field):
            guard session.patient == nil else { throw DataRefusal.noRecord }
            if let worker = conditions[field], WorkerID(worker) != session.worker { throw DataRefusal.noRecord }
            conditions[field] = session.worker.text
        case .nobody:
            guard session.patient == nil else { throw DataRefusal.noRecord }
        case .related, .attached:
            throw DataRefusal.badRequest("\(resource.name) can only be read by id, with records/get.")
        case .unknown: throw DataRefusal.notReadable
        }
    }

    private func anchor(
        _ conditions: inout [String: String], patient field: String, _ trace: inout AuditTrace
    ) throws {
        guard let text = conditions[field] ?? session.patient?.text else {
            throw DataRefusal.badRequest("“where” must name the patient: “\(field)”.")
        }
        guard let patient = PatientID(text) else { throw DataRefusal.badRequest("“\(field)” must be an id.") }
        try admit(patient, &trace)
        conditions[field] = text
    }

    /// The owner of the parent that the field names must be reached: a parent of somebody else's is answered like one
    /// that does not exist.
    private func anchor(
        _ conditions: [String: String], parent field: String, of resources: [Resource], _ trace: inout AuditTrace
    ) throws {
        guard let parent = conditions[field] else { throw DataRefusal.badRequest("“where” must name “\(field)”.") }
        trace.record = parent
        for resource in resources {
            let owner = try resolver.owner(ofRecord: parent, resource, candidate: session.patient)
            if try owner != .unresolved && reaches(owner, &trace) { return }
        }
        throw DataRefusal.noRecord
    }
}

extension Owner {
    /// The fields that lead to the owner.
    var fields: [String] {
        switch self {
        case .itself: ["id"]
        case .patient(let field), .parent(let field, _), .parentOfKind(let field, _, _), .worker(let field): [field]
        case .entities(let fields): fields
        case .related, .attached, .nobody, .unknown: []
        }
    }
}

extension JSONWriter {
    /// A record byte for byte, or those of its members that may be read, each byte for byte.
    mutating func record(_ record: Record, _ resource: Resource, _ access: Access) {
        if access.mayReadWhole(resource) { return raw(record.bytes) }
        object { json in
            for (key, value) in record.json.members {
                guard let name = key.string, access.mayRead(name, of: resource) else { continue }
                json.member(name, raw: value.raw)
            }
        }
    }
}
