import DataService
import Identifiers
import Records
import StrictJSON
import Testing

/// Sessions that were opened from outside a patient.
@Suite("Sessions without a patient")
struct WithoutPatientTests {
    private static let (a, b) = (Family(mark: "A"), Family(mark: "B"))

    private static func ask(
        _ mode: AccessMode, _ route: String, _ body: String = "{}", showsSchedule: Bool = true,
        _ prepare: (Deployment) async throws -> Void = { _ in }
    ) async throws -> Page.Answer {
        let deployment = try Deployment(access: mode, showsSchedule: showsSchedule)
        try await deployment.fill([a, b])
        try await prepare(deployment)
        return try await Page(deployment, worker: a.worker, patient: nil).ask(route, body)
    }

    private static func named(_ family: Family) -> String { #"{"patient": "\#(family.patient.text)"}"# }

    @Test("assigned: the own patients only") func assigned() async throws {
        let own = try await Self.ask(.assigned, "patient", Self.named(Self.a))
        #expect(own.status == 200 && own.text.contains("MARK-A"))
        let other = try await Self.ask(.assigned, "patient", Self.named(Self.b))
        #expect(other.status == 403 && other.error == "patient_not_assigned")
        let nobody = try await Self.ask(.assigned, "patient", #"{"patient": "\#(Family.id("nobody"))"}"#)
        #expect(nobody.status == other.status && nobody.error == other.error)
    }

    @Test(
        "assigned: also who is on today's schedule",
        arguments: [("2026-01-02T18:00:00Z", true), ("2026-01-03T18:00:00Z", false)])
    func onSchedule(_ time: String, isReached: Bool) async throws {
        let event = Self.b.record(of: .calendarEvents)
            .replacing(Self.b.id(.calendars), with: Self.a.id(.calendars))
            .replacing("2026-01-02T15:00:00.000000+00:00", with: time).replacing("T08:", with: "T09:")
        let answer = try await Self.ask(.assigned, "patient", Self.named(Self.b)) {
            try await $0.commit([event], of: .calendarEvents)
        }
        #expect((answer.status == 200) == isReached && answer.text.contains("MARK-B") == isReached)
    }

    @Test("all and none") func allAndNone() async throws {
        #expect(try await Self.ask(.all, "patient", Self.named(Self.b)).text.contains("MARK-B"))
        #expect(try await Self.ask(.all, "patient", #"{"patient": "\#(Family.id("x"))"}"#).error == "no_record")
        #expect(try await Self.ask(.none, "patient", Self.named(Self.a)).error == "patient_not_assigned")
    }

    @Test("The records of the same patients", arguments: AccessMode.allCases)
    func records(_ mode: AccessMode) async throws {
        for family in [Self.a, Self.b] {
            let isReached = mode == .all || mode == .assigned && family.mark == "A"
            let found = try await Self.ask(
                mode, "records/find", #"{"resource": "visits", "where": {"patient_id": "\#(family.patient.text)"}}"#)
            #expect(found.text.contains("MARK-\(family.mark)") == isReached)
            let got = try await Self.ask(
                mode, "records/get", #"{"resource": "visits", "id": "\#(family.id(.visits))"}"#)
            #expect((got.status == 200) == isReached && got.text.contains("MARK-\(family.mark)") == isReached)
        }
    }

    @Test("A search must name the patient") func unnamed() async throws {
        let answer = try await Self.ask(.all, "records/find", #"{"resource": "visits"}"#)
        #expect(answer.status == 400 && !answer.text.contains("MARK"))
    }

    @Test("The worker's calendar, and nobody else's") func calendars() async throws {
        let own = try await Self.ask(.assigned, "records/find", #"{"resource": "calendars"}"#)
        #expect(own.text.contains("MARK-A") && !own.text.contains("MARK-B"))
        let other = try await Self.ask(
            .all, "records/find", #"{"resource": "calendars", "where": {"worker_id": "\#(Self.b.worker.text)"}}"#)
        #expect(other.error == "no_record")
    }

    @Test("The schedule is the worker's, and can be turned off") func schedule() async throws {
        let own = try await Self.ask(.assigned, "calls/schedule")
        let calls = try #require(own.json["calls"]).elements.map { $0 }
        #expect(calls.count == 1 && calls[0]["patient"]?["id"]?.string == Self.a.patient.text)
        #expect(calls[0]["at"]?.integer == 1_767_366_000 && calls[0]["overdue"]?.bool == false)
        #expect(try await Self.ask(.assigned, "calls/schedule", showsSchedule: false).error == "no_schedule")
        // Who may reach no patient sees no names.
        #expect(try await !Self.ask(.none, "calls/schedule").text.contains("MARK"))
    }

    @Test("A session with a patient gets no schedule") func withPatient() async throws {
        let deployment = try Deployment()
        try await deployment.fill([Self.a])
        let answer = try await Page(deployment, worker: Self.a.worker, patient: Self.a.patient).ask("calls/schedule")
        #expect(answer.status == 403 && answer.error == "no_schedule")
    }
}
