import Records
import NIOCore
import StrictJSON

/// A record to create from a POST's body.
struct RecordDraft {
    let resource: Resource
    let id: GUID
    let body: JSONValue
    /// Members that the batch fills in: references between its records.
    var pointers: [String: String] = [:]

    /// The value of a parameter of this record.
    func text(_ name: String) -> String? { pointers[name] ?? body[name]?.string }

    /// The record's JSON: every field of the catalogue, in its order, and Welkin's own two.
    func bytes(instant: Int64, in state: APIState) -> [UInt8] {
        var json = JSONWriter()
        let time = Instant(microseconds: instant).description
        json.object { json in
            for field in resource.fields {
                if let pointer = pointers[field.name] {
                    json.member(field.name, pointer)
                } else if let value = body[field.name], !isBatch(field.name) {
                    json.member(field.name, raw: RecordPatch.compact(value))
                } else {
                    write(field, time, state, &json)
                }
            }
        }
        return json.bytes
    }

    private func isBatch(_ name: String) -> Bool { resource.batchPairs.contains { $0.key == name } }

    /// Welkin's default for a missing parameter.
    private func write(_ field: Field, _ time: String, _ state: APIState, _ json: inout JSONWriter) {
        switch (resource.name, field.name) {
        case (_, "id"): json.member("id", id.text)
        case (_, "updated_at"), (_, "created_at"): json.member(field.name, time)
        case (_, "is_active"), (_, "active"): json.member(field.name, true)
        case ("patients", "email_addresses"): json.member(field.name, array: { _ in })
        case ("email_messages", "patient_id"): json.member(field.name, patientOfConversation(state))
        case ("email_messages", "direction"): json.member(field.name, "outbound")
        case ("event_labels", "entity_type"): json.member(field.name, entityType(state))
        case ("patient_facing_assessment_links", "url"):
            json.member(field.name, "https://assess.example.com/\(id.text)")
        case ("patient_facing_assessment_links", "expire_time"):
            json.member(field.name, Instant(time).map { ($0 + .seconds(1_209_600)).description })
        default:
            if field.type == .boolean { json.member(field.name, false) } else { json.member(field.name, nil) }
        }
    }

    private func patientOfConversation(_ state: APIState) -> String? {
        guard let text = text("conversation_id"), let id = GUID(text),
            let ordinal = state[table: "conversations"].ordinal(id)
        else { return nil }
        let bytes = Array(state[table: "conversations"].bytes(ordinal).readableBytesView)
        return (try? JSONDocument(parsing: bytes, mode: .tolerant).root)?["patient_id"]?.string
    }

    private func entityType(_ state: APIState) -> String {
        let entity = text("entity_id") ?? ""
        if state.exists("calls", entity) { return "call" }
        return state.exists("visits", entity) ? "visit" : "entity_id"
    }
}
