import Identifiers
import Records
import GRDB
import Replica
import Testing

@Suite("Notes of what has changed")
struct ChangeTests {
    private let fixture: ReaderFixture
    private let reader: ReplicaReader

    init() throws {
        fixture = try ReaderFixture()
        reader = try fixture.reader()
    }

    private var replica: SQLiteReplica { fixture.replica }

    /// The notes that work adds, as `resource patient`.
    private func notes(_ work: () async throws -> Void) async throws -> [String] {
        let before = try reader.version().number
        try await work()
        let notes = try #require(try reader.changes(after: before, limit: 1000))
        #expect(notes.last?.number ?? before == (try reader.version().number))
        return notes.map { "\($0.resource) \($0.patient ?? "-")" }
    }

    private func number(_ id: String, of patient: String?, updated: Instant = Sample.morning) -> String {
        let whose = patient.map { #""\#($0)""# } ?? "null"
        return #"{"id": "\#(id)", "patient_id": \#(whose), "updated_at": "\#(updated)"}"#
    }

    @Test("One for each patient of whom a commit has inserted, updated or revived records; none for what was here")
    func commits() async throws {
        let page = [number("1", of: "p1"), number("2", of: "p1"), number("3", of: "p2"), number("4", of: nil)]
        let expected = ["phone_numbers p1", "phone_numbers p2", "phone_numbers -"]
        #expect(try await notes { try await replica.take(page, of: .phoneNumbers) } == expected)
        #expect(try await notes { try await replica.take(page, of: .phoneNumbers) } == [])
        let older = number("1", of: "p1", updated: Sample.morning - .seconds(1))
        #expect(try await notes { try await replica.take([older, "oops"], of: .phoneNumbers) } == [])
        let newer = number("1", of: "p1", updated: Sample.noon)
        #expect(try await notes { try await replica.take([newer], of: .phoneNumbers) } == ["phone_numbers p1"])
        // Whose it was has lost it.
        let moved = number("1", of: "p3", updated: Sample.noon + .seconds(1))
        #expect(
            try await notes { try await replica.take([moved], of: .phoneNumbers) }
                == ["phone_numbers p1", "phone_numbers p3"])
        #expect(try await replica.value("patient_id", of: "1", in: .phoneNumbers) == .text("p3"))
    }

    @Test("Records that are put in, marked as deleted, revived and forgotten are noted as well")
    func others() async throws {
        let item = Sample.items([number("1", of: "p1")])
        func put() async throws {
            _ = try await replica.put(item, of: .phoneNumbers, askedAt: Sample.received, receivedAt: Sample.received)
        }
        #expect(try await notes { try await put() } == ["phone_numbers p1"])
        #expect(try await notes { try await put() } == [])
        let gone = Sample.received - .seconds(1)
        func mark() async throws { try await replica.markDeleted(["1", "nobody"], of: "phone_numbers", at: gone) }
        #expect(try await notes { try await mark() } == ["phone_numbers p1"])
        #expect(try await notes { try await mark() } == [])
        #expect(try await notes { try await put() } == ["phone_numbers p1"])
        #expect(
            try await notes { try await replica.forget(StreamID(resource: "phone_numbers"), records: true) }
                == ["phone_numbers *"])
        #expect(try await notes { try await replica.forget(StreamID(resource: "visits"), records: true) } == [])
    }

    @Test("A patient is its own, in lower case if its id is a GUID; so is that of a resource without a catalogue")
    func patients() async throws {
        let guid = ReaderFixture.guid(10)
        #expect(
            try await notes { try await replica.take([Sample.patient(guid.uppercased()), Sample.patient("P1")]) }
                == ["patients P1", "patients \(guid)"])
        #expect(
            try await notes { try await replica.markDeleted(["P1"], of: "patients", at: Sample.noon) } == [
                "patients P1"
            ])
        let plans = try #require(Resource.unknown("care_plans"))
        #expect(
            try await notes { try await replica.take([number("1", of: guid.uppercased())], of: plans) }
                == ["care_plans \(guid)"])
        #expect(
            try await notes { try await replica.markDeleted(["1"], of: "care_plans", at: Sample.noon) }
                == ["care_plans \(guid)"])
    }

    @Test("Many patients are one note, and so is each page of a first pull", arguments: [50, 51])
    func bulk(count: Int) async throws {
        let page = (0..<count).map { number("\($0)", of: "p\($0)") }
        let noted = try await notes { try await replica.take(page, of: .phoneNumbers) }
        if count == 50 { #expect(noted.count == 50) } else { #expect(noted == ["phone_numbers *"]) }
        let inner = StreamState(window: StreamWindow(from: nil, to: Sample.noon), place: "1")
        func first() async throws { _ = try await replica.commit(Sample.page([Sample.patient("a")], next: inner)) }
        #expect(try await notes { try await first() } == ["patients *"])
        #expect(try await notes { try await first() } == [])
    }

    @Test("From a number on what followed, in parts; nil for one that was never given")
    func after() async throws {
        #expect(try reader.version().number == 0)
        #expect(try reader.changes(after: 0, limit: 9) == [])
        for patient in ["p1", "p2", "p3"] { try await replica.take([Sample.patient(patient)]) }
        #expect(try reader.changes(after: 0, limit: 2)?.map(\.patient) == ["p1", "p2"])
        #expect(try reader.changes(after: 2, limit: 2)?.map(\.patient) == ["p3"])
        #expect(try reader.changes(after: 3, limit: 2) == [])
        #expect(try reader.changes(after: 4, limit: 2) == nil)
        #expect(try reader.changes(after: -1, limit: 2) == nil)
    }

    @Test(
        "Notes older than a day go now and then, from the oldest on; the last one stays; numbers are never used again")
    func pruned() async throws {
        func take(_ number: Int, at instant: Instant) async throws {
            try await replica.take(
                [number % 2 == 0 ? Sample.patient("p") : Sample.patient("p", more: #""x": 1"#)], received: instant)
        }
        for number in 1...63 { try await take(number, at: Sample.received) }
        #expect(try reader.changes(after: 0, limit: 100)?.count == 63)
        try await take(64, at: Sample.received + .seconds(86_401))
        #expect(try reader.version().number == 64)
        #expect(try reader.changes(after: 62, limit: 100) == nil)
        #expect(try reader.changes(after: 63, limit: 100)?.map(\.number) == [64])
        // Younger ones stay.
        for number in 65...128 { try await take(number, at: Sample.received + .seconds(86_400 * 2)) }
        #expect(try reader.changes(after: 63, limit: 100)?.count == 65)
        // A clock that was a year ahead stops nothing.
        for number in 129...191 { try await take(number, at: Sample.received + .seconds(86_400 * 365)) }
        try await take(192, at: Sample.received + .seconds(86_400 * 4))
        #expect(try reader.changes(after: 191, limit: 100)?.map(\.number) == [192])
        #expect(try reader.changes(after: 190, limit: 100) == nil)
        try await replica.queue.write { try $0.execute(sql: "DELETE FROM welkin_changes") }
        try await take(193, at: Sample.received)
        #expect(try reader.version().number == 193)
    }

    @Test("A replica has an id of its own, which stays; an older one gets one")
    func store() async throws {
        let id = try reader.version().store
        #expect(id.utf8.count == 32 && id.allSatisfy(\.isHexDigit))
        #expect(try fixture.reader().version().store == id)
        #expect(try ReaderFixture().reader().version().store != id)
        try await replica.take([number("1", of: "p")], of: .calls)
        try await replica.queue.write { database in
            try database.execute(
                sql: """
                    DROP TABLE welkin_changes; DROP TABLE welkin_got; DELETE FROM welkin_meta WHERE name = 'id';
                    UPDATE welkin_meta SET value = '3' WHERE name = 'schema';
                    DROP INDEX welkin_ix_calls_patient_id_created_at;
                    CREATE INDEX welkin_ix_calls_patient_id ON calls (patient_id)
                    """)
        }
        try await replica.close()
        #expect(throws: ReplicaError.olderSchema(found: 3, known: 4)) { try fixture.reader() }
        let opened = try SQLiteReplica(path: fixture.folder.replica, provider: ProviderID("provider-1")!)
        let next = try fixture.reader()
        #expect(try next.version().store.utf8.count == 32)
        #expect(try next.version().store != id)
        // Its indexes are those of a new one.
        #expect(try next.ids(of: .calls, [("patient_id", "p")]) == ["1"])
        let indexes = try await opened.queue.read { try $0.indexes(on: "calls").map(\.name) }
        #expect(indexes.contains("welkin_ix_calls_patient_id_created_at"))
        #expect(!indexes.contains("welkin_ix_calls_patient_id"))
    }
}
