import Identifiers
import Records
import GRDB
import Replica
import TestSupport
import Testing

@Suite("What SQLite is given to write")
struct WritingTests {
    @Test("A page without news writes one row: the stream's own; one with news, a note of each patient as well")
    func unchanged() async throws {
        let folder = try TemporaryFolder()
        let replica = try SQLiteReplica(path: folder.replica, provider: ProviderID("provider-1")!)
        let records = (0..<100).map { Sample.patient("p\($0)") }
        try await replica.take(records)
        func rowsWritten() async throws -> Int {
            try await replica.queue.read { $0.totalChangesCount }
        }
        let before = try await rowsWritten()
        #expect(try await replica.take(records) == CommitCounts(unchanged: 100))
        #expect(try await rowsWritten() == before + 1)
        try await replica.take(records.dropLast() + [Sample.patient("p99", updated: Sample.noon)])
        #expect(try await rowsWritten() == before + 4)
    }

    @Test("The table can be queried: fields by their names, unknown ones in the record")
    func queries() async throws {
        let folder = try TemporaryFolder()
        let replica = try SQLiteReplica(path: folder.replica, provider: ProviderID("provider-1")!)
        try await replica.take([
            Sample.patient(
                "a", more: #""smokes": "true", "created_at": "2026-01-02 03:04:05", "new_field": {"x": [7]}"#)
        ])
        try await replica.close()
        func value<Value: DatabaseValueConvertible & Sendable>(_ expression: String) async throws -> Value? {
            try await DatabaseQueue(path: folder.replica).read {
                try Value.fetchOne($0, sql: "SELECT \(expression) FROM patients WHERE smokes")
            }
        }
        #expect(try await value("record ->> '$.new_field.x[0]'") == 7)
        #expect(try await value("typeof(record)") == "text")
        // SQLite's own functions read the dates.
        #expect(try await value("date(created_at)") == "2026-01-02")
        #expect(try await value("unixepoch(updated_at)") == Sample.morning.microseconds / 1_000_000)
    }

    @Test("Indexes come with the first window that is complete, on the cursor and the foreign keys")
    func indexes() async throws {
        let folder = try TemporaryFolder()
        let replica = try SQLiteReplica(path: folder.replica, provider: ProviderID("provider-1")!)
        let window = StreamWindow(from: nil, to: Sample.noon)
        func names() async throws -> [String] {
            try await DatabaseQueue(path: folder.replica).read { database in
                try database.indexes(on: "patients").map(\.name).filter { $0.hasPrefix("welkin_ix_") }.sorted()
            }
        }
        _ = try await replica.commit(
            Sample.page([Sample.patient("a")], next: StreamState(window: window, place: "1")))
        #expect(try await names() == ["welkin_ix_patients_deleted_at"])
        try await replica.take([Sample.patient("b")])
        #expect(
            try await names() == [
                "welkin_ix_patients_coach_id", "welkin_ix_patients_cursor_us", "welkin_ix_patients_deleted_at",
                "welkin_ix_patients_primary_worker_id",
            ])
    }
}
