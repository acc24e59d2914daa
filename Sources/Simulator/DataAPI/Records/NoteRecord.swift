import Records
import StrictJSON

/// A note: a record of a custom data type. Welkin has no notes of its own; each clinic defines a type for them. This
/// one's settings are `WELKIN_NOTE_TYPE=_note` and
/// `WELKIN_NOTE_FIELDS=text=note_text,author=written_by,at=written_at,key=app_key`.
struct NoteRecord: Sendable {
    static let type = "_note"

    /// A GUID.
    let id: String
    let patientID: String
    let workerID: String
    let text: String
    let author: String
    /// Microseconds since 1970.
    let writtenAt: Int64
    /// The key of the write; nil for a note that no App wrote.
    var key: String?

    /// Writes the record's members.
    func write(_ record: inout RecordText) {
        record.text("id", id)
        record.raw("body", body)
        record.text("patient_id", patientID)
        record.text("type_name", Self.type)
        record.text("updated_by", workerID)
        record.times()
    }

    private var body: String {
        var json = JSONWriter()
        json.object { json in
            json.member("note_text", text)
            json.member("written_by", author)
            json.member("written_at", Instant(microseconds: writtenAt).description)
            if let key { json.member("app_key", key) }
        }
        return String(decoding: json.bytes, as: UTF8.self)
    }
}
