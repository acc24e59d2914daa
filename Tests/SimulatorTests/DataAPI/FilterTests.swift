import Records
import Testing

@Suite("Filters of a Find")
struct FilterTests {
    /// A filter, and the member that a record of its own must have; nil for a filter by something else.
    @Test(
        "find the records that have the value, and no other",
        arguments: [
            ("sms_messages", "patient_id", "patient_id"),
            ("calendar_events", "calendar_id", "calendar_id"),
            ("calendars", "worker", "worker_id"),
            ("workers", "phone", "phone_number"),
            ("workers", "email", "email"),
            ("profiles", "profile_type_name", "profile_type_name"),
            ("custom_data_type_records", "type_name", "type_name"),
            ("external_ids", "external_id", "external_id"),
            ("integration_tasks", "task_name", "task_name"),
            ("calls", "patient_id", "patient_id"),
            ("relationship_records", "entity_id", "entity_2_id"),
        ])
    func member(resource: String, filter: String, member: String) async throws {
        try await APISession.run(patients: 40) { session in
            let records = try await session.records(resource)
            let value = try records[records.count / 2][at: member]
            let expected = try records.filter { $0[member] == value }.map { try $0[at: "id"].string }
            let answer = try await session.find(resource, [filter: value.string, "page[size]": "500"])
            #expect(try answer.ids == expected)
            let none = try await session.find(resource, [filter: "nobody has this"])
            #expect(none.status == 200)
            #expect(try none.ids == [])
        }
    }

    @Test("find a calendar by its worker's address, and a task by one of its references")
    func others() async throws {
        try await APISession.run(patients: 40) { session in
            let worker = try await session.records("workers")[1]
            let calendars = try await session.find("calendars", ["email": worker[at: "email"].string])
            #expect(try calendars.json[at: "data"].list.map { try $0[at: "worker_id"] } == [worker[at: "id"]])
            let tasks = try await session.find("integration_tasks", ["ref_id": "ref-1"])
            #expect(try tasks.json[at: "data"].list.map { try $0[at: "ref_ids"] } == [["ref-1"]])
        }
    }

    @Test("find audit logs by what the event says, and by day")
    func auditLogs() async throws {
        try await APISession.run(patients: 100) { session in
            let all = try await session.records("audit_logs").filter { $0["event_type"] == "login" }
            let patient = try all[3][at: "event"][at: "patient_id"]
            let found = try await session.find(
                "audit_logs", ["event_type": "login", "patient_id": patient.string])
            #expect(try found.ids.contains(all[3][at: "id"].string))
            #expect(try found.json[at: "data"].list.allSatisfy { try $0[at: "event"][at: "patient_id"] == patient })
            let time = try #require(Instant(all[3][at: "event_time"].string))
            let day = String(time.description.prefix(10))
            let since = try await session.find(
                "audit_logs", ["event_type": "login", "start_time": day, "page[size]": "500"])
            let midnight = try #require(Instant("\(day)T00:00:00"))
            let expected = try all.filter { try #require(Instant($0[at: "event_time"].string)) >= midnight }
            #expect(try since.ids == expected.map { try $0[at: "id"].string })
            #expect(try await session.find("audit_logs", ["event_type": "login", "end_time": "x"]).status == 400)
        }
    }

    @Test("assessment responses come with their spec when it is asked for")
    func schema() async throws {
        try await APISession.run { session in
            let bare = try await session.find("assessment_responses")
            #expect(try bare.json[at: "data"].list.allSatisfy { try $0[at: "spec"] == .null })
            let full = try await session.find("assessment_responses", ["include_schema": "true"])
            #expect(try full.json[at: "data"].list.allSatisfy { try $0[at: "spec"][at: "questions"].list.count == 9 })
            #expect(try full.ids == bare.ids)
        }
    }
}
