import Records
import Foundation
import GRDB

/// What is quarantined since it has no place in a table, or not as it is.
enum Quarantine {
    /// Of what names no record, a stream keeps so many: bytes that differ from look to look cannot be told
    /// from others, and must not fill the disk.
    static let nameless = 1000

    /// A record is kept once for each stream, as it came last; so are the same bytes where no record can be
    /// told. Whatever comes again gets a higher number.
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

    /// Lets go what comes again with this page and is a record now.
    static func release(_ page: PageCommit, _ layout: TableLayout, in database: Database) throws {
        let isAny = try Bool.fetchOne(
            database,
            sql: "SELECT EXISTS (SELECT 1 FROM welkin_quarantine WHERE resource = ? AND record_id IS NOT NULL)",
            arguments: [layout.name])
        guard isAny == true else { return }
        let delete = try database.cachedStatement(
            sql: "DELETE FROM welkin_quarantine WHERE resource = ? AND record_id = ?")
        for case .record(let record) in page.items {
            guard let identity = try? RecordIdentity(record, cursorField: layout.cursorField) else { continue }
            try delete.execute(arguments: [layout.name, identity.text])
        }
    }

    /// Forgets what a walk over everything has not met again.
    static func forget(upTo number: Int64, of stream: StreamID, in database: Database) throws {
        try database.execute(
            sql: "DELETE FROM welkin_quarantine WHERE resource = ? AND filter = ? AND number <= ?",
            arguments: [stream.resource, stream.filterText, number])
    }
}
