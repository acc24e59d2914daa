import Identifiers
import Records
import Replica
import Sessions
import StrictJSON

/// `records/get`: one record by its id.
extension RouteCall {
    func get(_ trace: inout AuditTrace) throws -> RouteAnswer {
        let resource = try readableResource(&trace)
        let id = try body.required("id")
        guard Identifier(id) != nil else { throw DataRefusal.badRequest("“id” must be an id.") }
        trace.record = id
        trace.patient = session.patient
        // Whose a deleted record was is still known.
        guard let stored = try reader.stored(id, of: resource), let record = Record(parsing: stored.bytes),
            try reaches(resolver.owner(of: record, resource, candidate: session.patient), &trace),
            isOfReadableType(record, resource)
        else { throw DataRefusal.noRecord }
        trace.count = 1
        let (asOf, version) = (try reader.asOf([resource]), try reader.version())
        var writer = JSONWriter(capacity: stored.bytes.count + 256)
        writer.object { json in
            if stored.deletedAt == nil {
                json.record("record", record, resource, access)
            } else {
                json.member("record", nil as String?)
            }
            json.member("deleted", stored.deletedAt != nil)
            json.member("seen", record["updated_at"]?.text ?? RecordDigest(of: record.bytes).text)
            json.member("as_of", asOf?.seconds)
            json.member("version", version)
        }
        return .answer(writer.bytes)
    }

    private func isOfReadableType(_ record: Record, _ resource: Resource) -> Bool {
        guard resource == .customDataTypeRecords, let type = app.readable.customDataType else { return true }
        return record["type_name"]?.text == type
    }
}

extension JSONWriter {
    fileprivate mutating func record(_ name: String, _ record: Record, _ resource: Resource, _ access: Access) {
        var content = JSONWriter()
        content.record(record, resource, access)
        member(name, raw: content.bytes)
    }
}
