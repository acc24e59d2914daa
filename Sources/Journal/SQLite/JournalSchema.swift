import Identifiers
import StoreFiles

/// The journal's tables: created in a new file, checked and updated in an older one.
enum JournalSchema {
    /// `PRAGMA application_id`: "WELJ". Tells a journal from any other database.
    static let applicationID: Int64 = 0x5745_4C4A

    /// Refuses another program's database, a newer schema and another provider's journal; then runs the missing steps,
    /// all in one transaction.
    static func migrate(_ connection: SQLiteConnection, provider: ProviderID) throws(JournalError) {
        try connection.execute("BEGIN IMMEDIATE")
        do throws(JournalError) {
            let version = try version(connection)
            if version > 0 { try check(connection, provider: provider) }
            if version < JournalMigrations.current {
                for sql in JournalMigrations.steps(.sqlite)[version...].joined() { try connection.execute(sql) }
                if version == 0 {
                    try connection.execute("PRAGMA application_id = \(applicationID)")
                    try set("provider", provider.text, connection)
                    try connection.execute("INSERT INTO meta VALUES ('store', lower(hex(randomblob(16))))")
                }
                try set("schema", "\(JournalMigrations.current)", connection)
            }
            try connection.execute("COMMIT")
        } catch {
            if connection.isInTransaction { try? connection.execute("ROLLBACK") }
            throw error
        }
    }

    /// Refuses a journal that cannot be read as it is. A nil provider accepts any.
    static func checkReadable(_ connection: SQLiteConnection, provider: ProviderID?) throws(JournalError) {
        let version = try version(connection)
        guard version > 0 else { throw .file(.missing(path: connection.path)) }
        if let provider { try check(connection, provider: provider) }
        guard version == JournalMigrations.current else {
            throw .olderSchema(found: version, known: JournalMigrations.current)
        }
    }

    /// A value of the table `meta`.
    static func meta(_ name: String, _ connection: SQLiteConnection) throws(JournalError) -> String? {
        let statement = try connection.prepare("SELECT value FROM meta WHERE name = ?")
        try statement.bind(name, at: 1)
        return try statement.step() ? statement.text(0) : nil
    }

    private static func set(_ name: String, _ value: String, _ connection: SQLiteConnection) throws(JournalError) {
        let statement = try connection.prepare(
            "INSERT INTO meta VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value")
        try statement.bind(name, at: 1)
        try statement.bind(value, at: 2)
        try statement.run()
    }

    /// Zero for an empty file.
    private static func version(_ connection: SQLiteConnection) throws(JournalError) -> Int {
        let id = try number("PRAGMA application_id", connection)
        guard id == applicationID else {
            guard id == 0, try number("SELECT count(*) FROM sqlite_master", connection) == 0 else {
                throw .notAJournal(path: connection.path)
            }
            return 0
        }
        let text = try meta("schema", connection)
        guard let version = text.flatMap({ Int($0) }), version > 0 else { throw .corrupt(path: connection.path) }
        guard version <= JournalMigrations.current else {
            throw .newerSchema(found: version, known: JournalMigrations.current)
        }
        return version
    }

    private static func number(_ sql: String, _ connection: SQLiteConnection) throws(JournalError) -> Int64? {
        let statement = try connection.prepare(sql)
        return try statement.step() ? statement.integer(0) : nil
    }

    private static func check(_ connection: SQLiteConnection, provider: ProviderID) throws(JournalError) {
        let bound = try meta("provider", connection) ?? ""
        guard ProviderID(bound) == provider else {
            throw .otherProvider(found: bound, expected: provider.text)
        }
    }
}
