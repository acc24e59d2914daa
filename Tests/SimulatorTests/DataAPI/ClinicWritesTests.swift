import Foundation
import Simulator
import Testing

@Suite("What the page writes, in the Data API")
struct ClinicWritesTests {
    private static let elsa = DataClinic.patients[0]
    private static let now = Int64(Sample.now) * 1_000_000

    private static func note(_ session: APISession, _ id: String) async throws -> JSON? {
        try await session.records("custom_data_type_records").first { try $0[at: "id"] == .string(id) }
    }

    @Test("is a note, once, under the id that the page was given")
    func note() async throws {
        try await DataClinic.testWithAPI { clinic, session in
            let before = try await session.records("custom_data_type_records").count
            clinic.clock.advance(by: .seconds(60))
            let body: JSON = [
                "key": .string(DataClinic.key), "patient": .string(Self.elsa.id),
                "text": "Weight \"steady\".\nAnkles slim.",
            ]
            let reply = try await clinic.ask("notes", body)
            #expect(try await clinic.ask("notes", body).status == 201)
            let records = try await session.records("custom_data_type_records")
            #expect(records.count == before + 1)
            let id = try #require(reply.json["id"])
            let record = try #require(await Self.note(session, id.string))
            #expect(try record[at: "type_name"] == "_note")
            #expect(try record[at: "patient_id"] == .string(Self.elsa.id))
            #expect(try record[at: "updated_by"] == .string(DataClinic.worker))
            for name in ["created_at", "updated_at"] {
                #expect(try record[at: name].instant == Self.now + 60_000_000)
            }
            let note = try record[at: "body"]
            #expect(try note[at: "note_text"] == body[at: "text"])
            #expect(try note[at: "written_by"] == "Nora Lindqvist")
            #expect(try note[at: "written_at"].instant == Self.now + 60_000_000)
            #expect(try note[at: "app_key"] == .string(DataClinic.key))
        }
    }

    @Test("is no note that was refused")
    func refused() async throws {
        try await DataClinic.testWithAPI { clinic, session in
            let before = try await session.dump("custom_data_type_records")
            let omar: JSON = [
                "key": .string(DataClinic.key), "patient": .string(DataClinic.patients[1].id),
                "text": "Of somebody else.",
            ]
            #expect(try await clinic.ask("notes", omar).status == 403)
            #expect(try await session.dump("custom_data_type_records") == before)
            #expect(try await clinic.ask("notes", omar, patient: nil).status == 201)
            #expect(try await session.dump("custom_data_type_records") != before)
        }
    }

    /// Places a call to a patient's last number, and records the outcomes.
    private static func call(
        _ clinic: DataClinic, _ patient: Patient, worker: String = DataClinic.worker, _ outcomes: String...
    ) async throws {
        let body: JSON = [
            "key": .string(UUID().uuidString), "patient": .string(patient.id),
            "phone_number": .string(patient.phoneNumbers.last!.id),
        ]
        let placed = try await clinic.ask("calls/place", body, patient: nil) { $0["X-Welkin-Worker"] = worker }
        for outcome in outcomes {
            let body: JSON = ["call": placed.json["call"]?["id"] ?? .null, "outcome": .string(outcome)]
            let reply = try await clinic.ask("calls/outcome", body, patient: nil) { $0["X-Welkin-Worker"] = worker }
            #expect(reply.status == 200)
        }
    }

    /// The outcomes of a patient's events that start within half a day, by time.
    private static func outcomes(_ session: APISession, _ patient: Patient, day: Int64 = now) async throws -> [JSON] {
        try await session.records("calendar_events").filter { event in
            guard case .string = try event[at: "start_time"] else { return false }
            return try event[at: "patient_id"] == .string(patient.id)
                && abs(try event[at: "start_time"].instant - day) < 12 * 3_600_000_000
        }.sorted { try $0[at: "start_time"].instant < $1[at: "start_time"].instant }.map { try $0[at: "outcome"] }
    }

    @Test(
        "completes the planned call with a patient who was reached, and no other",
        arguments: [("answered", true), ("busy", false), ("no_answer", false), ("wrong_number", false)])
    func outcome(_ outcome: String, isDone: Bool) async throws {
        try await DataClinic.testWithAPI { clinic, session in
            let before = try await session.records("calendar_events")
            clinic.clock.advance(by: .seconds(60))
            try await Self.call(clinic, Self.elsa, outcome)
            #expect(try await Self.outcomes(session, Self.elsa) == [isDone ? "completed" : .null])
            let changed = Set(try await session.records("calendar_events")).subtracting(before)
            #expect(changed.count == (isDone ? 1 : 0))
            for record in changed { #expect(try record[at: "updated_at"].instant == Self.now + 60_000_000) }
        }
    }

    @Test("opens the planned call again when the last outcome on record says so")
    func corrected() async throws {
        try await DataClinic.testWithAPI { clinic, session in
            try await Self.call(clinic, Self.elsa, "answered", "answered", "busy")
            #expect(try await Self.outcomes(session, Self.elsa) == [.null])
            try await Self.call(clinic, Self.elsa, "busy", "answered")
            #expect(try await Self.outcomes(session, Self.elsa) == ["completed"])
            // Of somebody whose call was done before.
            let walter = DataClinic.patients[4]
            try await Self.call(clinic, walter, "answered", "busy")
            #expect(try await Self.outcomes(session, walter) == ["completed"])
        }
    }

    @Test("is no outcome of another worker's calls, or of another day's")
    func others() async throws {
        try await DataClinic.testWithAPI { clinic, session in
            try await Self.call(clinic, Self.elsa, worker: Clinic.demo().colleagues[0].id, "answered")
            #expect(try await Self.outcomes(session, Self.elsa) == [.null])
            clinic.clock.advance(by: .seconds(86_400))
            try await Self.call(clinic, Self.elsa, "answered")
            #expect(try await Self.outcomes(session, Self.elsa) == [.null])
        }
    }
}
