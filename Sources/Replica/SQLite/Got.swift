import Records
import GRDB

/// Finds records that were got by their ids while a first pull still fills their table. Until it is complete, the table
/// has no indexes, because they would make filling it three times as long; what a page asks for by then is little.
enum Got {
    /// Notes a record's values of the fields that will have an index.
    static func note(_ record: Records.Record, _ layout: TableLayout, in database: Database) throws {
        guard let id = record.replicaID else { return }
        let insert = try database.cachedStatement(
            sql: "INSERT OR IGNORE INTO welkin_got (resource, field, value, record_id) VALUES (?, ?, ?, ?)")
        for field in layout.indexed {
            guard let value = record[field]?.text else { continue }
            try insert.execute(arguments: [layout.name, field, value, id])
        }
    }

    /// Drops the notes of a resource.
    static func forget(_ resource: String, in database: Database) throws {
        try database.execute(sql: "DELETE FROM welkin_got WHERE resource = ?", arguments: [resource])
    }
}
