package import Identifiers
package import Records
import GRDB
import StoreFiles

/// Reads a replica for the page: by prepared statements, on the caller's thread, without a queue or a copy in between.
/// Another process may write to the replica meanwhile.
///
/// It is for one thread at a time. A resource that no sync has brought yet has no records here; that is no error. What
/// a reader has learned of tables and indexes stays, until ``isCurrent()`` says that they have changed: then open
/// another reader.
package final class ReplicaReader {
    let connection: ReadConnection
    let path: String
    private let store: String
    private let schemaVersion: Int64
    private let readSchemaVersion: PreparedStatement
    private let beginStatement: PreparedStatement
    private let endStatement: PreparedStatement
    private let freshnessStatement: PreparedStatement
    let lastChange: PreparedStatement
    let firstChange: PreparedStatement
    let nextChanges: PreparedStatement
    /// Statements for one record; nil where there is no table.
    private var byID: [String: PreparedStatement?] = [:]
    /// Statements for ``records(of:where:order:after:limit:)``; nil where there is no table or no index.
    var finds: [FindQuery: FindStatement?] = [:]

    /// Opens an existing replica, with the same checks as a store that reads.
    ///
    /// - Parameters:
    ///   - provider: refuses a replica of another one; nil accepts any.
    ///   - busyTimeout: how long another program's lock is waited for, which only recovery after a crash and the last
    ///     program's closing take.
    package init(
        path: String, provider: ProviderID? = nil, busyTimeout: Duration = .milliseconds(250)
    ) throws(ReplicaError) {
        let file = try SQLiteReplica.file(path, creating: false)
        self.path = file.path
        do {
            let (seconds, attoseconds) = busyTimeout.components
            connection = try ReadConnection(
                path: file.path, milliseconds: Int32(seconds * 1000 + attoseconds / 1_000_000_000_000_000))
            try connection.execute("PRAGMA cache_size = -8192; PRAGMA trusted_schema = OFF; PRAGMA query_only = ON")
            try connection.execute("BEGIN")
            let facts = try SchemaFacts(connection)
            try facts.checkReadable(path: file.path, provider: provider)
            store = facts.id
            readSchemaVersion = try PreparedStatement(connection, sql: "PRAGMA schema_version")
            schemaVersion = try Self.integer(readSchemaVersion) ?? 0
            try connection.execute("COMMIT")
            beginStatement = try PreparedStatement(connection, sql: "BEGIN")
            endStatement = try PreparedStatement(connection, sql: "COMMIT")
            freshnessStatement = try PreparedStatement(connection, sql: Self.freshnessSQL)
            lastChange = try PreparedStatement(connection, sql: "SELECT max(number) FROM welkin_changes")
            firstChange = try PreparedStatement(connection, sql: "SELECT min(number) FROM welkin_changes")
            nextChanges = try PreparedStatement(
                connection,
                sql: """
                    SELECT number, resource, patient FROM welkin_changes WHERE number > ?1 ORDER BY number LIMIT ?2
                    """)
        } catch {
            throw ReplicaError(error, path: file.path)
        }
    }

    /// Whether the replica's path still leads to the opened file, and its tables and indexes are as they were. Costs
    /// one `stat` and one look at the replica's header.
    package func isCurrent() throws(ReplicaError) -> Bool {
        guard !connection.hasMoved else { return false }
        return try perform { try Self.integer(readSchemaVersion) == schemaVersion }
    }

    /// Begins a transaction: all that is read until ``end()`` is of one moment. Keep it short, because a transaction
    /// keeps the write-ahead log from shrinking.
    package func begin() throws(ReplicaError) {
        try perform { try beginStatement.run() }
    }

    /// Ends the transaction.
    package func end() throws(ReplicaError) {
        try perform { try endStatement.run() }
    }

    /// Runs work in one transaction.
    package func snapshot<Answer>(
        _ work: () throws(ReplicaError) -> Answer
    ) throws(ReplicaError) -> Answer {
        try begin()
        let answer: Answer
        do { answer = try work() } catch {
            try? end()
            throw error
        }
        try end()
        return answer
    }

    /// A record, even one that is marked as deleted. Ids that are GUIDs are found in any case.
    package func record(_ id: String, of resource: Resource) throws(ReplicaError) -> StoredRecord? {
        guard let statement = try statement(forRecordOf: resource) else { return nil }
        return try perform {
            for spelling in Spellings.of(id) {
                defer { statement.reset() }
                try statement.bind(spelling, at: 1)
                if try statement.step() { return StoredRecord(statement) }
            }
            return nil
        }
    }

    private func statement(forRecordOf resource: Resource) throws(ReplicaError) -> PreparedStatement? {
        if let known = byID[resource.name] { return known }
        try TableLayout.check(name: resource.name)
        let statement = try perform { () throws -> PreparedStatement? in
            guard try hasTable(resource.name) else { return nil }
            return try PreparedStatement(
                connection, sql: #"SELECT \#(StoredRecord.columns) FROM "\#(resource.name)" WHERE "id" = ?1"#)
        }
        byID[resource.name] = .some(statement)
        return statement
    }

    /// The end of the last complete pull of the one of these resources that was pulled the longest ago; nil if one of
    /// them has never been pulled completely.
    package func freshness(of resources: [Resource]) throws(ReplicaError) -> Instant? {
        try perform {
            var oldest: Int64?
            for resource in resources {
                defer { freshnessStatement.reset() }
                try freshnessStatement.bind(resource.name, at: 1)
                guard try freshnessStatement.step(), freshnessStatement.integer(0) == 0,
                    let last = freshnessStatement.integer(1)
                else { return nil }
                oldest = min(oldest ?? last, last)
            }
            return Instant(oldest)
        }
    }

    /// How many streams of a resource have not been pulled completely, and when the oldest of the others was. A stream
    /// that is being pulled for the first time is only in `welkin_streams`. (A union of the two would be a table that
    /// SQLite builds for every request.)
    private static let freshnessSQL = """
        SELECT
            (SELECT count(*) - count(last_success_us) FROM welkin_runs WHERE resource = ?1)
            + (SELECT count(*) FROM welkin_streams WHERE resource = ?1 AND NOT EXISTS (
                SELECT 1 FROM welkin_runs WHERE resource = ?1 AND filter = welkin_streams.filter)),
            (SELECT min(last_success_us) FROM welkin_runs WHERE resource = ?1)
        """

    /// The replica's id and the number of its last change; 0 if nothing has changed since it counts.
    package func version() throws(ReplicaError) -> ReplicaVersion {
        try perform { ReplicaVersion(store: store, number: try Self.integer(lastChange) ?? 0) }
    }

    // MARK: -

    func perform<Answer>(_ work: () throws -> Answer) throws(ReplicaError) -> Answer {
        do { return try work() } catch { throw ReplicaError(error, path: path) }
    }

    func hasTable(_ name: String) throws -> Bool {
        let statement = try PreparedStatement(
            connection, sql: "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?1")
        defer { statement.reset() }
        try statement.bind(name, at: 1)
        return try statement.step()
    }

    static func integer(_ statement: PreparedStatement) throws -> Int64? {
        defer { statement.reset() }
        return try statement.step() ? statement.integer(0) : nil
    }
}

extension StoredRecord {
    /// The columns that ``init(_:)`` reads.
    static let columns = #""id", "record", "cursor_us", "fetched_at", "deleted_at""#

    /// The row of a statement that selects ``columns`` first.
    init(_ statement: PreparedStatement) {
        self.init(
            id: statement.text(0) ?? "", bytes: statement.bytes(1) ?? [], cursor: Instant(statement.integer(2)),
            fetchedAt: statement.instant(3) ?? Instant(microseconds: 0),
            // One that cannot be read says at least that it is deleted.
            deletedAt: statement.isNull(4) ? nil : statement.instant(4) ?? Instant(microseconds: 0))
    }
}
