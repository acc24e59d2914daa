import Glibc
package import Identifiers
import Platform
package import Records
import StoreFiles

/// A journal in one SQLite file, in WAL mode.
///
/// **Durability.** Writes are committed with `synchronous = FULL`: the log is on the disk before the answer. Reads are
/// committed with `NORMAL`: the operating system has them before the answer, and within a second, idle or not, the
/// log is put onto the disk.
///
/// **Files.** Before and after each transaction, the files are compared with what is at their paths. A journal whose
/// file was removed or replaced answers nothing more.
package final class SQLiteJournal: JournalStore {
    /// What this process has done to it.
    package var counters: JournalCounters? { writer?.counters }

    private let path: String
    private let writer: CommitThread?
    private let reader: ReadThread

    /// Opens a journal to write to.
    ///
    /// - Parameters:
    ///   - path: the file; `-wal` and `-shm` lie beside it.
    ///   - provider: the provider whose journal it is. A new journal is bound to it.
    ///   - creating: creates a missing one; otherwise that is an error.
    ///   - busyTimeout: how long another process's transaction is waited for.
    package init(
        path: String, provider: ProviderID, creating: Bool = true, busyTimeout: Duration = .seconds(5)
    ) throws(JournalError) {
        let file = try Self.file(path, creating: creating)
        let open: @Sendable () throws(JournalError) -> SQLiteConnection = { () throws(JournalError) in
            let connection = try SQLiteConnection(file.path, isReadOnly: false, busyTimeout: busyTimeout)
            try connection.execute(
                "PRAGMA trusted_schema = OFF; PRAGMA journal_mode = WAL; PRAGMA journal_size_limit = 67108864")
            return connection
        }
        let connection = try Self.patiently(busyTimeout) { () throws(JournalError) in
            let connection = try open()
            try JournalSchema.migrate(connection, provider: provider)
            return connection
        }
        writer = try CommitThread(connection, open: open)
        self.path = file.path
        reader = Self.reader(file.path, provider, busyTimeout)
    }

    /// Opens an existing journal to read from; other processes may write to it meanwhile.
    ///
    /// - Parameters:
    ///   - provider: refuses a journal of another one; nil accepts any.
    ///   - busyTimeout: how long another process's lock is waited for.
    package init(
        readingFrom path: String, provider: ProviderID? = nil, busyTimeout: Duration = .seconds(5)
    ) throws(JournalError) {
        let file = try Self.file(path, creating: false)
        // Opened once here, so that a journal that cannot be read is refused at once.
        _ = try Self.readable(file.path, provider, busyTimeout)
        self.path = file.path
        writer = nil
        reader = Self.reader(file.path, provider, busyTimeout)
    }

    deinit { writer?.queue.finish() }

    private static func file(_ path: String, creating: Bool) throws(JournalError) -> StoreFile {
        do { return try StoreFile(path, creating: creating) } catch { throw .file(error) }
    }

    private static func reader(_ path: String, _ provider: ProviderID?, _ timeout: Duration) -> ReadThread {
        ReadThread { () throws(JournalError) in try readable(path, provider, timeout) }
    }

    private static func readable(
        _ path: String, _ provider: ProviderID?, _ timeout: Duration
    ) throws(JournalError) -> SQLiteConnection {
        let connection = try SQLiteConnection(path, isReadOnly: true, busyTimeout: timeout)
        try connection.execute("PRAGMA trusted_schema = OFF")
        try JournalSchema.checkReadable(connection, provider: provider)
        return connection
    }

    /// Repeats what found the file locked: when several processes open a new journal at once, SQLite does not wait for
    /// the one that changes the file to WAL.
    private static func patiently(
        _ timeout: Duration, _ body: () throws(JournalError) -> sending SQLiteConnection
    ) throws(JournalError) -> sending SQLiteConnection {
        let start = Clock.monotonic
        while true {
            do throws(JournalError) { return try body() } catch {
                guard case .locked = error, Clock.monotonic - start < Double(timeout.microseconds) / 1e6 else {
                    throw error
                }
                usleep(5_000)
            }
        }
    }
}

extension SQLiteJournal {
    package func perform<Answer: Sendable>(
        _ durability: Durability, _ work: @escaping @Sendable (any JournalTransaction) throws -> Answer
    ) async throws -> Answer {
        try await enqueue(durability, work)
    }

    private func enqueue<Answer: Sendable>(
        _ durability: Durability, _ work: @escaping @Sendable (SQLiteTransaction) throws -> Answer
    ) async throws -> Answer {
        guard let writer else { throw JournalError.file(.readOnly(path: path)) }
        return try await withCheckedThrowingContinuation { continuation in
            let job = AnsweredJob(durability, continuation, work)
            if !writer.queue.add(job) { job.answer(.closed) }
        }
    }

    package func entries(
        _ query: AuditQuery, after last: StoredAuditEntry? = nil, limit: Int
    ) async throws(JournalError) -> [StoredAuditEntry] {
        try await reader.perform { connection throws(JournalError) in
            try AuditReader.entries(query, after: last, limit: limit, from: connection)
        }
    }

    package func prune(before time: Instant, limit: Int) async throws(JournalError) -> Int {
        do {
            return try await enqueue(.reads) { try $0.writer().prune(before: time, limit: limit) }
        } catch {
            throw error as? JournalError ?? .closed
        }
    }

    package func close() async throws(JournalError) {
        await reader.close()
        await writer?.close()
    }

    /// For a process that ends at once and does this often, as CGI, instead of ``close()``: puts what was committed onto
    /// the disk, and leaves the log for the next process. To close it, SQLite would wait for the disk twice, and the
    /// next process again.
    package func settle() async { await writer?.settle() }

    /// Lets the file grow no further than this; for tests of a full disk.
    package func limit(toPages pages: Int) async throws {
        try await enqueue(.reads) { try $0.execute("PRAGMA max_page_count = \(pages)") }
    }

    /// The random id that the journal was given when it was created.
    package func storeID() async throws(JournalError) -> String {
        try await reader.perform { connection throws(JournalError) in
            guard let id = try JournalSchema.meta("store", connection) else { throw .corrupt(path: connection.path) }
            return id
        }
    }

    /// Looks for damage with SQLite's `PRAGMA quick_check`, which reads the whole file. Other processes may write
    /// meanwhile.
    ///
    /// - Returns: SQLite's first findings, each a line that names tables, pages and row numbers but no values;
    ///   empty if there is no damage.
    package func damage() async throws(JournalError) -> [String] {
        try await reader.perform { connection throws(JournalError) in
            let statement = try connection.prepare("PRAGMA quick_check(10)")
            var lines: [String] = []
            while try statement.step() {
                // The first row can have several lines, one of which only names the database.
                lines += (statement.text(0) ?? "").split(separator: "\n").map { String($0) }
            }
            return lines.filter { $0 != "ok" && !$0.hasPrefix("***") }
        }
    }
}
