import Records
import NIOCore
import StrictJSON

/// Create, update and delete.
extension APIState {
    /// Creates a record, and the nested ones that ``Catalogue/batchPairs`` allows: all or none.
    ///
    /// - Throws: an ``APIRefusal`` with all problems
    mutating func create(_ resource: Resource, _ body: JSONValue) throws -> (id: GUID, record: ByteBuffer) {
        let drafts = try drafts(resource, body)
        try takeNames(drafts)
        let instants = clock.instants(drafts.count)
        for (draft, instant) in zip(drafts, instants) {
            let bytes = draft.bytes(instant: instant, in: self)
            self[table: draft.resource.name].insert(draft.id, instant: instant, bytes: bytes)
        }
        let id = drafts[0].id
        let table = self[table: resource.name]
        return (id, table.bytes(table.ordinal(id)!))
    }

    /// The record itself first, then the nested ones.
    private func drafts(_ resource: Resource, _ body: JSONValue) throws -> [RecordDraft] {
        guard body.kind == .object else { throw APIRefusal(.parse, "The body is not a JSON object.") }
        var base = RecordDraft(resource: resource, id: newID(), body: body)
        var inner: [RecordDraft] = []
        for pair in resource.batchPairs {
            guard let value = body[pair.key], let sub = Catalogue.resource(named: pair.sub) else { continue }
            guard value.kind == (pair.isMany ? .array : .object) else {
                throw APIRefusal(
                    .parse, "\(pair.key) must be \(pair.isMany ? "a list" : "an object").", parameter: pair.key)
            }
            for value in pair.isMany ? Array(value.elements) : [value] {
                var draft = RecordDraft(resource: sub, id: newID(), body: value)
                if pair.isMany {
                    draft.pointers = Self.pointers(pair, to: base)
                } else {
                    base.pointers.merge(Self.pointers(pair, to: draft)) { _, new in new }
                }
                inner.append(draft)
            }
        }
        let drafts = [base] + inner
        let problems = drafts.flatMap { draft in
            let keys = draft.id == base.id ? resource.batchPairs.map(\.key) : []
            let operation = draft.resource.operation(.create)
            return
                (operation.map {
                    ParameterCheck.problems(draft.body, $0, given: Set(draft.pointers.keys), also: keys)
                } ?? []) + References.problems(draft.body, in: self)
        }
        guard problems.isEmpty else { throw APIRefusal(problems) }
        return drafts
    }

    private static func pointers(_ pair: BatchPair, to target: RecordDraft) -> [String: String] {
        Dictionary(
            uniqueKeysWithValues: pair.pointers.map { ($0, $0 == "resource" ? target.resource.name : target.id.text) })
    }

    /// Gives the records of `external_ids` their names; if one name is taken, all are refused.
    private mutating func takeNames(_ drafts: [RecordDraft]) throws {
        let naming = drafts.filter { $0.resource.name == "external_ids" }
        guard !naming.isEmpty else { return }
        var names = externalNames ?? ExternalNames(self[table: "external_ids"])
        for draft in naming {
            let name = ["resource", "namespace", "external_id"].map { draft.text($0) ?? "" }
            guard names.take(name, for: draft.id) else { throw Self.taken }
        }
        externalNames = names
    }

    private static let taken = APIRefusal(
        .uniqueness, "Another record has this external_id in this namespace.", parameter: "external_id")

    /// Changes a record's members.
    mutating func update(_ resource: Resource, _ operation: Operation, id: String, _ body: JSONValue) throws
        -> (id: GUID, record: ByteBuffer)
    {
        let ordinal = try ordinal(resource, id)
        guard body.kind == .object else { throw APIRefusal(.parse, "The body is not a JSON object.") }
        let problems = ParameterCheck.problems(body, operation, also: ["id"]) + References.problems(body, in: self)
        guard problems.isEmpty else { throw APIRefusal(problems) }
        let table = self[table: resource.name]
        let instant = clock.instants(1)[0]
        var values: [String: [UInt8]] = [:]
        for (key, value) in body.members {
            guard let name = key.string, name != "id", resource.field(name) != nil else { continue }
            values[name] = RecordPatch.compact(value)
        }
        if let cursor = resource.cursorField {
            values[cursor] = RecordPatch.quoted(Instant(microseconds: instant).description)
        }
        guard let record = RecordPatch.apply(values, to: table.bytes(ordinal)) else {
            throw APIRefusal(.internalError, "The record cannot be read.")
        }
        if resource.name == "external_ids" { try rename(table.id(ordinal), table.bytes(ordinal), record) }
        self[table: resource.name].replace(ordinal, instant: instant, bytes: Array(record.readableBytesView))
        return (table.id(ordinal), record)
    }

    private mutating func rename(_ id: GUID, _ old: ByteBuffer, _ new: ByteBuffer) throws {
        var names = externalNames ?? ExternalNames(self[table: "external_ids"])
        names.free(ExternalNames.name(of: old))
        guard names.take(ExternalNames.name(of: new), for: id) else { throw Self.taken }
        externalNames = names
    }

    mutating func delete(_ resource: Resource, id: String) throws -> GUID {
        let ordinal = try ordinal(resource, id)
        let id = self[table: resource.name].id(ordinal)
        self[table: resource.name].remove(ordinal)
        return id
    }

    /// - Throws: an ``APIRefusal`` if the record does not exist
    func ordinal(_ resource: Resource, _ id: String) throws -> Int {
        guard let guid = GUID(id) else { throw APIRefusal(.parse, "The id is not a GUID.", parameter: "id") }
        guard let ordinal = self[table: resource.name].ordinal(guid) else {
            throw APIRefusal(.resourceNotFound, "No record of \(resource.name) has this id.")
        }
        return ordinal
    }
}
