package import GRDB
import GRDBSQLite
package import Identifiers
import StoreFiles
import Synchronization

/// A replica in one SQLite file.
///
/// **Durability.** WAL with `synchronous = NORMAL`: the operating system has a commit when it returns,
/// so that a killed process loses nothing. A power cut can lose the last commits, as a whole and from
/// the end; it cannot damage the file ("PRAGMA synchronous", sqlite.org), and because records and
/// cursor are one transaction, records that are lost with a cursor are fetched again. `FULL` would
/// make each page wait for the disk, and save nothing that Welkin does not still have.
package final class SQLiteReplica: Sendable {
    package let queue: DatabaseQueue
    let path: String
    /// Tables that were found to match their layout, and whether they have their indexes.
    let tables = Mutex<[TableLayout: Bool]>([:])
    /// Where its records come from; nil if unknown. It is stored with the first page that is committed.
    let source: Mutex<(value: ReplicaSource?, isBound: Bool)>
    /// The stream under comparison, with its table's layout.
    let comparison = Mutex<(stream: StreamID, layout: TableLayout)?>(nil)

    /// Opens a replica to write to, and creates a missing one.
    ///
    /// - Parameters:
    ///   - path: the file; `-wal` and `-shm` lie beside it.
    ///   - provider: the provider whose records it holds. A new replica is bound to it.
    ///   - source: where they come from. A replica from elsewhere is refused; nil accepts any.
    ///   - acceptsChange: accepts a different source, and stores it with the next page.
    ///   - busyTimeout: how long another program's lock is waited for.
    package convenience init(
        path: String, provider: ProviderID, source: ReplicaSource? = nil, acceptsChange: Bool = false,
        busyTimeout: Duration = .seconds(5)
    ) throws(ReplicaError) {
        let file = try Self.file(path, creating: true)
        var configuration = Self.configuration(busyTimeout)
        configuration.prepareDatabase { database in
            try database.execute(sql: "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL")
            // 64 MiB between checkpoints: each one waits for the disk twice, and writes a page
            // once however often it changed meanwhile.
            try database.execute(sql: "PRAGMA wal_autocheckpoint = 16384; PRAGMA journal_size_limit = 67108864")
        }
        try self.init(path: file.path, source: source, configuration: configuration) { database throws in
            try SQLiteSchema.migrate(database, path: file.path, provider: provider)
            if let source, !acceptsChange { try SQLiteSchema.check(database, source: source) }
        }
    }

    /// Opens an existing replica to read from; another process may write to it meanwhile.
    ///
    /// - Parameters:
    ///   - provider: refuses a replica of another one; nil accepts any.
    ///   - source: refuses a replica from another one; nil accepts any.
    ///   - busyTimeout: how long another program's lock is waited for.
    package convenience init(
        readingFrom path: String, provider: ProviderID? = nil, source: ReplicaSource? = nil,
        busyTimeout: Duration = .seconds(5)
    ) throws(ReplicaError) {
        let file = try Self.file(path, creating: false)
        var configuration = Self.configuration(busyTimeout)
        configuration.readonly = true
        try self.init(path: file.path, source: nil, configuration: configuration) { database throws in
            try SQLiteSchema.checkReadable(database, path: file.path, provider: provider)
            if let source { try SQLiteSchema.check(database, source: source) }
        }
    }

    /// An empty replica in memory, which leaves no trace when its value ends.
    package convenience init(inMemoryFor provider: ProviderID) throws(ReplicaError) {
        try self.init(path: ":memory:", source: nil, configuration: Self.configuration(.zero)) { database throws in
            try SQLiteSchema.migrate(database, path: ":memory:", provider: provider)
        }
    }

    private init(
        path: String, source: ReplicaSource?, configuration: Configuration, check: (Database) throws -> Void
    ) throws(ReplicaError) {
        self.path = path
        self.source = Mutex((source, false))
        do {
            queue = try DatabaseQueue(path: path, configuration: configuration)
            try queue.writeWithoutTransaction(check)
        } catch {
            throw ReplicaError(error, path: path)
        }
    }

    static func file(_ path: String, creating: Bool) throws(ReplicaError) -> StoreFile {
        do { return try StoreFile(path, creating: creating) } catch { throw .file(error) }
    }

    private static func configuration(_ busyTimeout: Duration) -> Configuration {
        var configuration = Configuration()
        let (seconds, attoseconds) = busyTimeout.components
        configuration.busyMode = .timeout(Double(seconds) + Double(attoseconds) * 1e-18)
        configuration.prepareDatabase { database in
            // 8 MiB: the id index of a hundred thousand records. Beyond that, no cache of reasonable
            // size helps.
            try database.execute(sql: "PRAGMA cache_size = -8192; PRAGMA trusted_schema = OFF")
        }
        return configuration
    }

    /// Runs work on the database, on its own queue. Work that has begun is finished, even if the task
    /// is cancelled meanwhile.
    func perform<Value: Sendable>(
        _ work: @escaping @Sendable (Database) throws -> Value
    ) async throws(ReplicaError) -> Value {
        let result: Result<Value, ReplicaError> = await withCheckedContinuation { continuation in
            queue.asyncWriteWithoutTransaction { database in
                continuation.resume(
                    returning: Result { try work(database) }.mapError { ReplicaError($0, path: self.path) })
            }
        }
        return try result.get()
    }

    /// ``perform(_:)`` in one transaction that writes.
    func write<Value: Sendable>(
        _ work: @escaping @Sendable (Database) throws -> Value
    ) async throws(ReplicaError) -> Value {
        try await perform { database in
            var value: Value?
            try database.inTransaction(.immediate) {
                value = try work(database)
                return .commit
            }
            return value!
        }
    }

    package func close() async throws(ReplicaError) {
        do { try queue.close() } catch { throw ReplicaError(error, path: path) }
    }
}

extension SQLiteReplica {
    /// Looks for damage with SQLite's `PRAGMA quick_check`, which reads the whole file. It checks pages, order and
    /// the format of rows, but not whether an index matches its table. Other processes may write meanwhile.
    ///
    /// - Returns: SQLite's first findings, each a line that names tables, pages and row numbers but no values;
    ///   empty if there is no damage.
    package func damage() async throws(ReplicaError) -> [String] {
        try await perform { database in
            // The first row can have several lines, one of which only names the database.
            try String.fetchAll(database, sql: "PRAGMA quick_check(10)").flatMap { $0.split(separator: "\n") }
                .filter { $0 != "ok" && !$0.hasPrefix("***") }.map { String($0) }
        }
    }
}

extension SQLiteReplica {
    /// Whether the replica's path still leads to the opened file. If that file was removed or replaced, all work goes
    /// to a file without a name, and is lost when the process ends.
    ///
    /// SQLite compares the opened file with the one at the path now ("SQLITE_FCNTL_HAS_MOVED", sqlite.org).
    package func isInPlace() async throws(ReplicaError) -> Bool {
        try await perform { database in
            var hasMoved: Int32 = 0
            let code = unsafe sqlite3_file_control(
                database.sqliteConnection, nil, SQLITE_FCNTL_HAS_MOVED, &hasMoved)
            // A replica in memory has no path.
            return code != SQLITE_OK || hasMoved == 0
        }
    }
}
