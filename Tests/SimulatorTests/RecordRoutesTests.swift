import HTTPTypes
import Simulator
import Testing

@Suite("The page's records")
struct RecordRoutesTests {
    private static let elsa = DataClinic.patients[0]
    private static let omar = DataClinic.patients[1]

    private static func note(_ text: String = "Weight steady.", key: String = DataClinic.key) -> JSON {
        ["key": .string(key), "patient": .string(elsa.id), "text": .string(text)]
    }

    @Test("begin with worker and patient, by the Data API's names")
    func context() async throws {
        try await DataClinic.test { clinic in
            let reply = try await clinic.ask("context")
            #expect(reply.status == 200)
            #expect(reply.headers[.contentType] == "application/json")
            #expect(reply.headers[.cacheControl] == "no-store")
            #expect(
                reply.json["worker"] == [
                    "id": .string(DataClinic.worker), "first_name": "Nora", "last_name": "Lindqvist",
                ])
            #expect(
                reply.json["patient"] == [
                    "id": .string(Self.elsa.id), "first_name": "Elsa", "last_name": "Brandt",
                    "birthday": "1951-03-14", "city": "Maple Harbor",
                ])
            let numbers = reply.json["phone_numbers"]?.objects ?? []
            #expect(numbers.map { $0["phone_number"] } == ["+14155550132", "+14155550178"])
            #expect(numbers.map { $0["phone_number_type"] } == ["landline", "cell"])
            #expect(numbers.map { $0["friendly_name"] } == ["Home", .null])
            let times = (reply.json["notes"]?.objects ?? []).compactMap { $0["created_at"]?.int }
            #expect(times == [3, 9, 13].map { Sample.now - $0 * 86_400 })
            #expect(reply.json["as_of"] == .int(Sample.now))
        }
    }

    @Test("of a session without a patient are the worker's alone")
    func noPatient() async throws {
        try await DataClinic.test { clinic in
            let reply = try await clinic.ask("context", patient: nil)
            #expect(reply.json["patient"] == .null)
            #expect(reply.json["phone_numbers"] == [])
            #expect(reply.json["notes"] == [])
            #expect(reply.json["worker"] != .null)
        }
    }

    @Test("name no worker who is not in the clinic")
    func otherWorker() async throws {
        try await DataClinic.test { clinic in
            let reply = try await clinic.ask("context") { $0["X-Welkin-Worker"] = DataClinic.key }
            #expect(reply.json["worker"] == .null)
            #expect(reply.json["patient"] != .null)
        }
    }

    @Test("are of any patient for a session without one")
    func patient() async throws {
        try await DataClinic.test { clinic in
            for patient in DataClinic.patients {
                let body: JSON = ["patient": .string(patient.id.uppercased())]
                let reply = try await clinic.ask("patient", body, patient: nil)
                #expect(reply.json["patient"]?["last_name"] == .string(patient.familyName))
                #expect(reply.json["phone_numbers"]?.objects.count == patient.phoneNumbers.count)
            }
            let reply = try await clinic.ask("patient", ["patient": .string(DataClinic.key)], patient: nil)
            #expect(reply.status == 404)
            #expect(reply.error == "not_found")
        }
    }

    @Test("have ids that are the same in every run, and each its own")
    func ids() {
        let ids = DataClinic.patients.flatMap { $0.phoneNumbers.map(\.id) }
        #expect(ids == Clinic.demo().patients.flatMap { $0.phoneNumbers.map(\.id) })
        #expect(Set(ids).count == ids.count)
    }

    @Test("are of the session's patient only", arguments: ["patient", "notes", "calls/place", "calls/placed"])
    func mismatch(route: String) async throws {
        try await DataClinic.test { clinic in
            var body: JSON = ["patient": .string(Self.omar.id)]
            if ["notes", "calls/place"].contains(route) { body["key"] = .string(DataClinic.key) }
            if route == "notes" { body["text"] = "Of somebody else." }
            if route == "calls/place" { body["phone_number"] = .string(Self.omar.phoneNumbers[0].id) }
            let refused = try await clinic.ask(route, body)
            #expect(refused.status == 403)
            #expect(refused.error == "patient_mismatch")
            #expect(try await clinic.ask(route, body, patient: Self.omar.id.uppercased()).status < 300)
        }
    }

    @Test("take a note once by its key, and show it first")
    func note() async throws {
        try await DataClinic.test { clinic in
            let first = try await clinic.ask("notes", Self.note())
            #expect(first.status == 201)
            #expect(first.json["saved_at"] == .int(Sample.now))
            clinic.clock.advance(by: .seconds(60))
            let again = try await clinic.ask("notes", Self.note())
            #expect(again.status == 201)
            #expect(again.json == first.json)
            let page = try await clinic.page(of: Self.elsa)
            let written = page.ranges(of: "Weight steady.")
            #expect(written.count == 1)
            let older = try #require(page.firstRange(of: Self.elsa.notes[0].text))
            #expect(written[0].upperBound < older.lowerBound)
        }
    }

    @Test("have the note first that was written last, with its author")
    func contextNote() async throws {
        try await DataClinic.test { clinic in
            let written = try await clinic.ask("notes", Self.note())
            let note = try await clinic.ask("context").json["notes"]?.objects.first
            #expect(note?["text"] == "Weight steady.")
            #expect(note?["author"] == "Nora Lindqvist")
            #expect(note?["id"] == written.json["id"])
        }
    }

    @Test("tell who lost the answer to a write what it was, and who wrote nothing that it was nothing")
    func written() async throws {
        try await DataClinic.test { clinic in
            let key: JSON = ["key": .string(DataClinic.key)]
            let before = try await clinic.ask("written", key)
            #expect(before.status == 404)
            #expect(before.error == "not_written")
            let note = try await clinic.ask("notes", Self.note())
            let after = try await clinic.ask("written", key)
            #expect(after.status == 201)
            #expect(after.json == note.json)
            let other = try await clinic.ask("written", key) { $0["X-Welkin-Worker"] = DataClinic.key }
            #expect(other.error == "not_written")
        }
    }

    @Test("show five notes at most")
    func manyNotes() async throws {
        try await DataClinic.test { clinic in
            for index in 0..<6 {
                let key = "0d5f8b0e-6c1f-4a70-9a3e-2f6f1f5b8c2\(index)"
                #expect(try await clinic.ask("notes", Self.note("Note \(index)", key: key)).status == 201)
            }
            let notes = try await clinic.ask("context").json["notes"]?.objects ?? []
            #expect(notes.map { $0["text"] } == [5, 4, 3, 2, 1].map { .string("Note \($0)") })
        }
    }

    @Test("take a key for one request, of one worker")
    func keyReused() async throws {
        try await DataClinic.test { clinic in
            #expect(try await clinic.ask("notes", Self.note()).status == 201)
            let other = try await clinic.ask("notes", Self.note("Something else."))
            #expect(other.status == 409)
            #expect(other.error == "key_reused")
            let call: JSON = [
                "key": .string(DataClinic.key), "patient": .string(Self.elsa.id),
                "phone_number": .string(Self.elsa.phoneNumbers[0].id),
            ]
            #expect(try await clinic.ask("calls/place", call).status == 409)
            let colleague = try await clinic.ask("notes", Self.note("Something else.")) {
                $0["X-Welkin-Worker"] = DataClinic.key
            }
            #expect(colleague.status == 201)
        }
    }

    @Test("take no note that is empty or endless", arguments: [("", 400), (" \n", 400), ("x", 201)])
    func noteText(text: String, status: Int) async throws {
        try await DataClinic.test { clinic in
            let reply = try await clinic.ask("notes", Self.note(text))
            #expect(reply.status == status)
        }
    }

    @Test("take a note of 10 000 characters and none of more", arguments: [(10_000, 201), (10_001, 422)])
    func noteLength(count: Int, status: Int) async throws {
        try await DataClinic.test { clinic in
            let reply = try await clinic.ask("notes", Self.note(String(repeating: "ä", count: count)))
            #expect(reply.status == status)
        }
    }

    @Test("are on the host's page too")
    func hostPage() async throws {
        try await DataClinic.test { clinic in
            _ = try await clinic.ask("notes", Self.note("Ankles <slim>."))
            let page = try await clinic.page(of: Self.elsa)
            #expect(page.contains("Ankles &lt;slim&gt;."))
            #expect(page.contains(Self.elsa.notes[0].text))
        }
    }
}
