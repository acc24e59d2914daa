import DataService
import Identifiers
import Records
import StrictJSON
import Synchronization
import Testing

/// What the page shows first.
@Suite("The context")
struct ContextTests {
    private static let a = Family(mark: "A")

    @Test("Worker, patient, numbers and notes, as the page shows them") func whole() async throws {
        let deployment = try Deployment(readable: .standard(noteType: "_note"))
        try await deployment.fill([Self.a, Family(mark: "B")])
        let answer = try await Page(deployment, worker: Self.a.worker, patient: Self.a.patient).ask("context")
        #expect(answer.status == 200)
        #expect(answer.json["worker"]?["id"]?.string == Self.a.worker.text)
        let patient = try #require(answer.json["patient"])
        #expect(patient["id"]?.string == Self.a.patient.text)
        #expect(patient["last_name"]?.string == "MARK-A" && patient["birthday"]?.string == "1951-03-14")
        let notes = try #require(answer.json["notes"]).elements.map { $0 }
        #expect(notes.count == 1 && notes[0]["text"]?.string == "MARK-A" && notes[0]["author"]?.string == "Nora")
        #expect(notes[0]["created_at"]?.integer == 1_767_254_400)
        let numbers = try #require(answer.json["phone_numbers"]).elements.map { $0 }
        #expect(numbers.count == 1 && numbers[0]["phone_number"]?.string == "+14155550101")
        #expect(answer.json["as_of"]?.integer == Deployment.now.microseconds / 1_000_000)
        #expect(answer.json["stale_after"]?.integer == 900 && answer.json["pending"] == nil)
        #expect(answer.json["version"]?.string?.isEmpty == false)
        #expect(answer.headers["Cache-Control"] == "no-store")
    }

    @Test("Five notes, the newest first, and none of another type") func notes() async throws {
        let deployment = try Deployment()
        try await deployment.fill([Self.a])
        func note(_ day: Int, type: String = "_note") -> String {
            let time = "2026-01-1\(day)T08:00:00Z"
            return #"{"id": "\#(Family.id("\(type) \(day)"))", "patient_id": "\#(Self.a.patient.text)", "#
                + #""type_name": "\#(type)", "body": {"note_text": "Day \#(day)"}, "#
                + #""created_at": "\#(time)", "updated_at": "\#(time)"}"#
        }
        try await deployment.commit(
            (1...7).map { note($0) } + [note(8, type: "_weight")], of: .customDataTypeRecords)
        let answer = try await Page(deployment, worker: Self.a.worker, patient: Self.a.patient).ask("context")
        let notes = try #require(answer.json["notes"]).elements.map { $0 }
        #expect(notes.map { $0["text"]?.string } == ["Day 7", "Day 6", "Day 5", "Day 4", "Day 3"])
        #expect(notes[0]["author"]?.isNull == true)
    }

    @Test("What the operator does not name is not shown") func readable() async throws {
        let readable = ReadableFields([Resource.patients.name: ["first_name"], Resource.workers.name: nil])
        let deployment = try Deployment(readable: readable)
        try await deployment.fill([Self.a])
        let answer = try await Page(deployment, worker: Self.a.worker, patient: Self.a.patient).ask("context")
        let patient = try #require(answer.json["patient"])
        #expect(patient["first_name"]?.string == "First" && patient["last_name"]?.isNull == true)
        #expect(
            answer.json["phone_numbers"]?.isEmptyContainer == true && answer.json["notes"]?.isEmptyContainer == true)
    }

    @Test("A patient who is not there yet is asked for, once", arguments: [true, false])
    func missing(isStored: Bool) async throws {
        let deployment = try Deployment()
        try await deployment.fill([Family(mark: "B")])
        let record = Self.a.record(of: .patients)
        if isStored {
            deployment.patients.answer.withLock { $0 = .stored }
            deployment.patients.onFetch.withLock { fetch in
                fetch = { [unowned deployment] in try? await deployment.commit([record], of: .patients) }
            }
        }
        let answer = try await Page(deployment, worker: Self.a.worker, patient: Self.a.patient).ask("context")
        #expect(answer.status == 200 && deployment.patients.asked.withLock { $0 } == 1)
        #expect(answer.json["pending"]?.bool == (isStored ? nil : true))
        #expect(answer.json["patient"]?.isNull == !isStored)
    }

    @Test("A patient whom Welkin does not have is not pending") func absent() async throws {
        let deployment = try Deployment()
        try await deployment.fill([Family(mark: "B")])
        deployment.patients.answer.withLock { $0 = .absent }
        let answer = try await Page(deployment, worker: Self.a.worker, patient: Self.a.patient).ask("context")
        #expect(answer.json["patient"]?.isNull == true && answer.json["pending"] == nil)
    }

    @Test("Without a replica") func noReplica() async throws {
        let deployment = try Deployment()
        let answer = try await Page(deployment, worker: Self.a.worker, patient: Self.a.patient).ask("context")
        #expect(answer.status == 200 && answer.json["pending"]?.bool == true)
        #expect(answer.json["as_of"]?.isNull == true && answer.json["worker"]?.isNull == true)
    }

    @Test("A worker who is deactivated in Welkin gets nothing") func inactive() async throws {
        let deployment = try Deployment()
        try await deployment.fill([Self.a])
        let page = Page(deployment, worker: Self.a.worker, patient: Self.a.patient)
        #expect(try await page.ask("context").status == 200)
        let record = Self.a.record(of: .workers).replacing(#""active": true"#, with: #""active": "false""#)
        try await deployment.commit([record.replacing("2026-01-02T08", with: "2026-01-02T09")], of: .workers)
        let answer = try await page.ask("context")
        #expect(answer.status == 403 && answer.error == "worker_inactive" && !answer.text.contains("MARK"))
        #expect(try await page.ask("changes", #"{"after": null}"#).error == "worker_inactive")
    }
}
