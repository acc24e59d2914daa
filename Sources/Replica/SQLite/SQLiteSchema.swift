import GRDB
import Identifiers

/// The replica's own tables: created in a new file, checked and updated in an older one.
enum SQLiteSchema {
    /// `PRAGMA application_id`: "WELK". Tells a replica from any other database.
    static let applicationID: Int32 = 0x5745_4C4B

    /// Refuses another program's database, a newer schema and another provider's replica; then adds missing indexes
    /// and runs the missing steps, all in one transaction.
    static func migrate(_ database: Database, path: String, provider: ProviderID) throws {
        try database.inTransaction(.immediate) {
            let facts = try SchemaFacts(database)
            let version = try facts.version(path: path)
            if version > 0 { try facts.check(provider: provider) }
            if version > 0 { try Tables.completeIndexes(in: database) }
            guard version < Migrations.current else { return .commit }
            for sql in Migrations.steps(.sqlite)[version...].joined() { try database.execute(sql: sql) }
            // Since step 3, rows have the filter value that brought them.
            if version > 0, version < 3 { try Tables.addStreams(in: database) }
            if version < 4 {
                try database.execute(
                    sql: "INSERT INTO welkin_meta (name, value) VALUES ('id', ?)", arguments: [StoreID.make()])
            }
            if version == 0 {
                try database.execute(sql: "PRAGMA application_id = \(applicationID)")
                try database.execute(
                    sql: "INSERT INTO welkin_meta (name, value) VALUES ('provider', ?)", arguments: [provider.text])
            }
            try database.execute(
                sql: """
                    INSERT INTO welkin_meta (name, value) VALUES ('schema', ?)
                    ON CONFLICT (name) DO UPDATE SET value = excluded.value
                    """, arguments: ["\(Migrations.current)"])
            return .commit
        }
    }

    /// Refuses a replica that cannot be read as it is. A nil provider accepts any.
    static func checkReadable(_ database: Database, path: String, provider: ProviderID?) throws {
        try SchemaFacts(database).checkReadable(path: path, provider: provider)
    }

    /// Refuses a source other than the one the records came from; a replica without a stored source accepts any.
    static func check(_ database: Database, source: ReplicaSource) throws {
        if let api = try meta("api", database), api != source.api {
            throw ReplicaError.otherSource(.api(found: api, expected: source.api))
        }
        if let client = try meta("client", database), client != source.client {
            throw ReplicaError.otherSource(.client)
        }
    }

    /// Stores where the records come from.
    static func bind(_ database: Database, source: ReplicaSource) throws {
        for (name, value) in [("api", source.api), ("client", source.client)] {
            try database.execute(
                sql:
                    "INSERT INTO welkin_meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                arguments: [name, value])
        }
    }

    private static func meta(_ name: String, _ database: Database) throws -> String? {
        try String.fetchOne(database, sql: "SELECT value FROM welkin_meta WHERE name = ?", arguments: [name])
    }
}
