import Records
import Foundation
import GRDB

/// The quarantine of records that no table can hold, or not as they are.
enum Quarantine {
    /// How many items without an id a stream keeps: bytes that differ each time cannot be told from others,
    /// and must not fill the disk.
    static let nameless = 1000

    /// Keeps a record once for each stream, as it came last; without an id, keeps the same bytes once.
    /// Whatever comes again gets a higher number.
    static func add(
        _ bytes: ArraySlice<UInt8>, _ reason: QuarantineReason, id: String?, _ page: PageCommit, in database: Database
    ) throws {
        let (resource, filter) = (page.stream.resource, page.stream.filterText)
        let digest = Data(RecordDigest(of: bytes).bytes)
        let known = try String.fetchOne(
            database, sql: "SELECT received_at FROM welkin_quarantine WHERE resource = ? AND filter = ? AND digest = ?",
            arguments: [resource, filter, digest])
        try database.execute(
            sql: """
                DELETE FROM welkin_quarantine
                WHERE resource = ? AND filter = ? AND (digest = ? OR record_id = ?)
                """, arguments: [resource, filter, digest, id])
        try database.execute(
            sql: """
                INSERT INTO welkin_quarantine (resource, filter, digest, bytes, reason, received_at, record_id)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                resource, filter, digest, Data(bytes), reason.rawValue, known ?? page.receivedAt.description, id,
            ])
        guard id == nil else { return }
        try database.execute(
            sql: """
                DELETE FROM welkin_quarantine WHERE resource = ? AND filter = ? AND record_id IS NULL AND number <= (
                    SELECT number FROM welkin_quarantine WHERE resource = ? AND filter = ? AND record_id IS NULL
                    ORDER BY number DESC LIMIT 1 OFFSET ?)
                """, arguments: [resource, filter, resource, filter, nameless])
    }

    /// Releases what comes again as a valid record.
    static func release(_ items: @autoclosure () -> [PageItem], _ layout: TableLayout, in database: Database) throws {
        let isAny = try Bool.fetchOne(
            database,
            sql: "SELECT EXISTS (SELECT 1 FROM welkin_quarantine WHERE resource = ? AND record_id IS NOT NULL)",
            arguments: [layout.name])
        guard isAny == true else { return }
        let delete = try database.cachedStatement(
            sql: "DELETE FROM welkin_quarantine WHERE resource = ? AND record_id = ?")
        for case .record(let record) in items() {
            guard let identity = try? RecordIdentity(record, cursorField: layout.cursorField) else { continue }
            try delete.execute(arguments: [layout.name, identity.text])
        }
    }

    /// Drops what a walk over everything has not met again.
    static func forget(upTo number: Int64, of stream: StreamID, in database: Database) throws {
        try database.execute(
            sql: "DELETE FROM welkin_quarantine WHERE resource = ? AND filter = ? AND number <= ?",
            arguments: [stream.resource, stream.filterText, number])
    }
}
