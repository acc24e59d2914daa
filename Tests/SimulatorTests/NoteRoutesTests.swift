import HTTPTypes
import Simulator
import Testing

@Suite("The page's notes")
struct NoteRoutesTests {
    private static let elsa = DataClinic.patients[0]
    private static let omar = DataClinic.patients[1]

    private static func note(_ text: String = "Weight steady.", key: String = DataClinic.key) -> JSON {
        ["key": .string(key), "patient": .string(elsa.id), "text": .string(text)]
    }

    @Test("are of the session's patient only", arguments: ["notes", "calls/place", "calls/placed"])
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

    @Test("are saved once by their key, and shown first")
    func note() async throws {
        try await DataClinic.test { clinic in
            let first = try await clinic.ask("notes", Self.note())
            #expect(first.status == 201)
            #expect(first.json["saved_at"] == .int(Sample.now))
            #expect(first.headers[.contentType] == "application/json")
            #expect(first.headers[.cacheControl] == "no-store")
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

    @Test("whose answer was lost are told of by their key, and to nobody else")
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

    @Test("are not empty", arguments: [("", 400), (" \n", 400), ("x", 201)])
    func noteText(text: String, status: Int) async throws {
        try await DataClinic.test { clinic in
            let reply = try await clinic.ask("notes", Self.note(text))
            #expect(reply.status == status)
        }
    }

    @Test("have 10,000 characters at most", arguments: [(10_000, 201), (10_001, 422)])
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
