internal import DataAPI
internal import Foundation
internal import GRDB

/// What is kept aside since it has no place in a table.
enum Quarantine {
    /// The same bytes of the same stream are kept once, however often they come.
    static func add(
        _ bytes: ArraySlice<UInt8>, _ reason: QuarantineReason, _ page: PageCommit, in database: Database
    ) throws {
        try database.execute(
            sql: """
                INSERT INTO welkin_quarantine (resource, filter, digest, bytes, reason, received_at, record_id)
                VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (resource, filter, digest) DO NOTHING
                """,
            arguments: [
                page.stream.resource, page.stream.filterText, Data(RecordDigest(of: bytes).bytes), Data(bytes),
                reason.rawValue, page.receivedAt.description, SalvagedID.find(in: bytes),
            ])
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
            try delete.execute(arguments: [layout.name, String(decoding: identity.id, as: UTF8.self)])
        }
    }

    static func clear(_ stream: StreamID, in database: Database) throws {
        try database.execute(
            sql: "DELETE FROM welkin_quarantine WHERE resource = ? AND filter = ?",
            arguments: [stream.resource, stream.filterText])
    }
}
