import Identifiers
import Records
import Sessions
import StrictJSON

/// `context` and `patient`: what the page shows of a patient.
extension RouteCall {
    /// At most this many notes an answer.
    private static var notesShown: Int { 5 }
    /// The resources that the page shows, whose age is the answer's.
    private var shown: [Resource] {
        [.patients, .phoneNumbers] + (settings.notes == nil ? [] : [.customDataTypeRecords])
    }

    func context(_ trace: inout AuditTrace) throws -> RouteAnswer {
        trace.patient = session.patient
        let patient = try session.patient.flatMap { try reader.record($0.text, of: .patients) }
        if let id = session.patient, patient == nil, fetched == nil, try !reader.isDeleted(id.text, of: .patients) {
            return .missing(id)
        }
        let worker = try reader.record(session.worker.text, of: .workers)
        return try answer(patient, &trace) { json in
            json.member("worker", person: worker, Self.names, of: .workers, access)
            // Nothing yet: writes come later.
            json.member("writable", array: { _ in })
        }
    }

    func patient(_ trace: inout AuditTrace) throws -> RouteAnswer {
        guard let id = try body.patient("patient") else { throw DataRefusal.badRequest("“patient” must be a GUID.") }
        try admit(id, &trace)
        let record = try reader.record(id.text, of: .patients)
        if record == nil {
            if session.patient == nil { throw DataRefusal.noRecord }
            if fetched == nil, try !reader.isDeleted(id.text, of: .patients) { return .missing(id) }
        }
        return try answer(record, &trace) { _ in }
    }

    private static var names: [String] { ["id", "first_name", "last_name"] }

    private func answer(
        _ patient: Record?, _ trace: inout AuditTrace, _ more: (inout JSONWriter) -> Void
    ) throws -> RouteAnswer {
        let id = patient?.id
        let numbers = try id.map { try phoneNumbers(of: $0) } ?? []
        let notes = try id.map { try latestNotes(of: $0) } ?? []
        trace.count = (patient == nil ? 0 : 1) + numbers.count + notes.count
        let (asOf, version) = (try reader.asOf(shown), try reader.version())
        var writer = JSONWriter(capacity: 2048)
        writer.object { json in
            json.member("version", version)
            json.member("as_of", asOf?.seconds)
            json.member("stale_after", settings.staleAfter)
            if patient == nil, fetched == .unavailable { json.member("pending", true) }
            json.member("patient", person: patient, Self.names + ["birthday", "city"], of: .patients, access)
            json.member(
                "phone_numbers",
                array: { list in
                    for number in numbers { list.number(number, access) }
                })
            json.member(
                "notes",
                array: { list in
                    for note in notes { list.object { $0.members(of: note) } }
                })
            more(&json)
        }
        return .answer(writer.bytes)
    }

    private func phoneNumbers(of patient: String) throws -> [Record] {
        guard access.mayRead("phone_number", of: .phoneNumbers) else { return [] }
        return try reader.phoneNumbers(of: patient)
    }

    private func latestNotes(of patient: String) throws -> [Note] {
        guard let mapping = settings.notes, access.mayRead("body", of: .customDataTypeRecords) else { return [] }
        let records = try reader.newest(
            of: .customDataTypeRecords, where: [("patient_id", patient), ("type_name", mapping.type)],
            limit: Self.notesShown)
        return try records.map { record in
            try Note(record, mapping) { worker in
                try reader.record(worker, of: .workers).map { worker in
                    ["first_name", "last_name"].compactMap { worker[$0]?.text }.joined(separator: " ")
                }
            }
        }
    }
}

/// A note for display.
private struct Note {
    let id: String?
    let text: String?
    /// Nil if nobody is on record as its author.
    let author: String?
    let createdAt: Instant?

    /// - Parameter name: the name of the worker with this id
    init(_ record: Record, _ mapping: NoteMapping, name: (String) throws -> String?) rethrows {
        let body = record["body"]?.json
        func member(_ name: String?) -> FieldValue? { name.flatMap { body?[$0] }.map { FieldValue($0) } }
        id = record.id
        text = member(mapping.text)?.text
        author = try member(mapping.author)?.text ?? member(mapping.authorID)?.text.flatMap(name)
        createdAt = member(mapping.at)?.instant ?? record["created_at"]?.instant
    }
}

extension JSONWriter {
    fileprivate mutating func members(of note: Note) {
        member("id", note.id)
        member("text", note.text)
        member("author", note.author)
        member("created_at", note.createdAt?.seconds)
    }
}
