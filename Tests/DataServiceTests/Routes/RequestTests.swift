import DataService
import Identifiers
import Journal
import Records
import Sessions
import StrictJSON
import Testing

/// Requests that are not as the page makes them.
@Suite("Invalid requests")
struct RequestTests {
    private static let a = Family(mark: "A")

    private static func page(readable: ReadableFields = Deployment.everything) async throws -> Page {
        let deployment = try Deployment(readable: readable)
        try await deployment.fill([a])
        return Page(deployment, worker: a.worker, patient: a.patient)
    }

    @Test(
        "Bodies that are refused",
        arguments: [
            ("context", "[]"),
            ("context", ""),
            ("context", #"{"a": 1}"#),
            ("context", "{} {}"),
            ("patient", "{}"),
            ("patient", #"{"patient": 1}"#),
            ("patient", #"{"patient": "x"}"#),
            ("patient", #"{"patient": "a", "patient": "b"}"#),
            ("records/get", #"{"resource": "nothing", "id": "x"}"#),
            ("records/get", #"{"resource": "visits", "id": ""}"#),
            ("records/get", #"{"resource": "visits", "id": "a b"}"#),
            ("records/find", #"{"resource": "visits", "limit": 0}"#),
            ("records/find", #"{"resource": "visits", "limit": 201}"#),
            ("records/find", #"{"resource": "visits", "order": "oldest"}"#),
            ("records/find", #"{"resource": "visits", "after": "x"}"#),
            ("records/find", #"{"resource": "visits", "where": []}"#),
            ("records/find", #"{"resource": "visits", "where": {"disposition": 1}}"#),
            ("changes", #"{"after": 1}"#),
            ("changes", "{}"),
        ])
    func bodies(_ route: String, _ body: String) async throws {
        let answer = try await Self.page().ask(route, body)
        #expect(answer.status == 400 && answer.error == "bad_request", "\(answer.text)")
        #expect(!answer.text.contains("MARK"))
    }

    @Test("A repeated member is refused, whatever it says") func repeated() async throws {
        let id = Self.a.patient.text
        let answer = try await Self.page().ask("patient", #"{"patient": "\#(id)", "patient": "\#(id)"}"#)
        #expect(answer.error == "bad_request")
        #expect(try await Self.page().ask("patient", #"{"patient": "\#(id)"}"#).status == 200)
    }

    @Test("Method, type and route") func form() async throws {
        let page = try await Self.page()
        let get = try await page.ask("context", method: "GET")
        #expect(get.status == 405 && get.headers["Allow"] == "POST")
        #expect(try await page.ask("context", type: "text/plain").status == 415)
        #expect(try await page.ask("context", type: nil).status == 415)
        #expect(try await page.ask("context", type: "application/json; charset=utf-8").status == 200)
        #expect(try await page.ask("nothing").status == 404)
        #expect(try await page.ask("context/").status == 404)
    }

    @Test("More than a launch may ask") func limit() async throws {
        let page = try await Self.page()
        var statuses: [Int] = []
        for _ in 0..<200 where !statuses.contains(429) {
            let answer = try await page.ask("context")
            statuses.append(answer.status)
            if answer.status == 429 { #expect(answer.headers["Retry-After"] == "1") }
        }
        #expect(statuses.first == 200 && statuses.last == 429)
    }

    @Test("What the App may not read", arguments: ["visits", "audit_logs"])
    func notReadable(_ name: String) async throws {
        let page = try await Self.page(readable: .standard(noteType: "_note"))
        for (route, more) in [("records/get", #", "id": "x""#), ("records/find", "")] {
            let answer = try await page.ask(route, #"{"resource": "\#(name)"\#(more)}"#)
            #expect(answer.status == 403 && answer.error == "not_readable")
        }
    }

    @Test("Only readable fields of a record, each byte for byte") func fields() async throws {
        let page = try await Self.page(readable: .standard(noteType: "_note"))
        let answer = try await page.ask(
            "records/get", #"{"resource": "patients", "id": "\#(Self.a.patient.text)"}"#)
        let record = try #require(answer.json["record"])
        #expect(record["last_name"]?.string == "MARK-A" && record["id"]?.string == Self.a.patient.text)
        #expect(record["secret_text"] == nil && record["primary_worker_id"] == nil)
        #expect(answer.json["seen"]?.string == "2026-01-02T08:00:00.000000+00:00")
    }

    @Test("Of custom data type records, only notes") func types() async throws {
        let deployment = try Deployment(readable: .standard(noteType: "_note"))
        try await deployment.fill([Self.a])
        let weight = Self.a.record(of: .customDataTypeRecords).replacing("_note\"", with: "_weight\"")
            .replacing(Self.a.id(.customDataTypeRecords), with: Family.id("weight"))
        try await deployment.commit([weight], of: .customDataTypeRecords)
        let page = Page(deployment, worker: Self.a.worker, patient: Self.a.patient)
        func get(_ id: String) async throws -> Int {
            try await page.ask("records/get", #"{"resource": "custom_data_type_records", "id": "\#(id)"}"#).status
        }
        #expect(try await get(Family.id("weight")) == 404)
        #expect(try await get(Self.a.id(.customDataTypeRecords)) == 200)
        let found = try await page.ask("records/find", #"{"resource": "custom_data_type_records"}"#)
        #expect(found.json["records"]?.elements.map { $0 }.count == 1)
    }

    @Test("Every answer and every refused attempt is in the audit, with the patient that was asked for")
    func audit() async throws {
        let page = try await Self.page()
        _ = try await page.ask("context")
        _ = try await page.ask("records/find", #"{"resource": "visits"}"#)
        _ = try await page.ask("records/get", #"{"resource": "visits", "id": "\#(Family.id("x"))"}"#)
        _ = try await page.ask("patient", #"{"patient": "\#(Family(mark: "B").patient.text)"}"#)
        // Of nobody known: only in the log.
        _ = try await page.ask("context", token: "x")
        let entries = try await page.deployment.journal.entries(AuditQuery(), after: nil, limit: 10).map(\.entry)
        #expect(entries.map(\.route) == ["context", "records/find", "records/get", "patient"])
        #expect(entries.map(\.outcome.rawValue) == ["ok", "ok", "no_record", "patient_mismatch"])
        #expect(
            entries.map(\.patient) == [Self.a.patient, Self.a.patient, Self.a.patient, Family(mark: "B").patient])
        #expect(entries.map(\.count) == [3, 1, nil, nil])
        #expect(entries[2].resource == "visits" && entries[2].record == Family.id("x"))
        for entry in entries {
            guard case .session(_, let launch, let worker) = entry.actor else { throw NotASession() }
            #expect(worker == Self.a.worker && launch != page.session.launch.text)
        }
    }

    private struct NotASession: Error {}

    @Test("A refused wait is in the audit, too; one that is only over is not") func auditOfWaits() async throws {
        let page = try await Self.page()
        let other = Family(mark: "B").patient
        _ = try await page.ask("changes", #"{"after": null}"#)
        _ = try await page.ask("changes", #"{"after": null, "patient": "\#(other.text)"}"#)
        let entries = try await page.deployment.journal.entries(AuditQuery(), after: nil, limit: 10).map(\.entry)
        #expect(entries.map(\.route) == ["changes"])
        #expect(entries.map(\.outcome.rawValue) == ["patient_mismatch"] && entries.map(\.patient) == [other])
    }

    @Test("What was read of a patient is found by the patient, however it was named", arguments: [true, false])
    func auditByPatient(hasPatient: Bool) async throws {
        let deployment = try Deployment()
        try await deployment.fill([Self.a])
        let page = Page(deployment, worker: Self.a.worker, patient: hasPatient ? Self.a.patient : nil)
        let (visit, conversation) = (Self.a.id(.visits), Self.a.id(.conversations))
        _ = try await page.ask("records/get", #"{"resource": "visits", "id": "\#(visit)"}"#)
        _ = try await page.ask(
            "records/find", #"{"resource": "email_messages", "where": {"conversation_id": "\#(conversation)"}}"#)
        let entries = try await deployment.journal.entries(
            AuditQuery(patient: Self.a.patient), after: nil, limit: 10
        ).map(\.entry)
        #expect(entries.map(\.route) == ["records/get", "records/find"])
        #expect(entries.map(\.count) == [1, 1])
    }

    @Test("No line of the log names anybody") func log() async throws {
        let page = try await Self.page()
        let other = Family(mark: "B").patient.text
        _ = try await page.ask("patient", #"{"patient": "\#(other)"}"#)
        _ = try await page.ask("context", token: page.token + "x")
        let lines = page.deployment.logged
        #expect(lines.count == 2)
        for line in lines {
            for secret in [Self.a.patient.text, Self.a.worker.text, other, page.token, page.session.launch.text] {
                #expect(!line.contains(secret))
            }
        }
    }

    @Test("Without a journal there is no answer") func noJournal() async throws {
        let page = try await Self.page()
        try await page.deployment.journal.close()
        let answer = try await page.ask("context")
        #expect(answer.status == 503 && answer.headers["Retry-After"] == "2" && !answer.text.contains("MARK"))
    }
}
