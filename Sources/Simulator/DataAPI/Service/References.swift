import Records
import StrictJSON

/// Parameters that refer to another record, with its resource.
enum References {
    private static let resources = [
        "patient_id": "patients", "worker_id": "workers", "primary_worker_id": "workers", "coach_id": "workers",
        "sender_id": "workers", "conversation_id": "conversations", "calendar_id": "calendars",
        "profile_id": "profiles", "calendar_event_id": "calendar_events",
        "assessment_response_id": "assessment_responses", "file_upload_ids": "file_uploads",
        "email_address_ids": "email_addresses",
    ]

    /// References to missing records.
    static func problems(_ body: JSONValue, in state: APIState) -> [APIRefusal.Problem] {
        var problems: [APIRefusal.Problem] = []
        for (key, value) in body.members {
            let name = key.string ?? ""
            guard let resource = name == "welkin_id" ? body["resource"]?.string : resources[name] else { continue }
            let ids = value.kind == .array ? value.elements.compactMap(\.string) : [value.string].compactMap(\.self)
            for id in ids where !state.exists(resource, id) {
                problems.append(
                    .init(
                        code: .resourceNotFound, detail: "\(name) names no record of \(resource).", parameter: name))
            }
        }
        return problems
    }
}
