import GRDBSQLite
import Glibc
import Platform
import Records
import StoreFiles

/// A connection to SQLite, for one thread at a time. Its statements must end before it does.
@safe final class SQLiteConnection {
    let path: String
    private let handle: OpaquePointer
    private let busyTimeout: Double
    /// When the wait for another program's lock began.
    private var busySince = 0.0
    /// The pages of the log after this connection's last commit.
    private(set) var logPages = 0

    /// Opens an existing file.
    ///
    /// - Parameter busyTimeout: how long another program's lock is waited for.
    init(_ path: String, isReadOnly: Bool, busyTimeout: Duration) throws(JournalError) {
        self.path = path
        self.busyTimeout = Double(busyTimeout.microseconds) / 1e6
        var handle: OpaquePointer?
        let flags = (isReadOnly ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE) | SQLITE_OPEN_NOMUTEX
        let code = unsafe sqlite3_open_v2(path, &handle, flags | SQLITE_OPEN_EXRESCODE, nil)
        guard code == SQLITE_OK, let handle = unsafe handle else {
            let error = unsafe Self.error(code, handle, path)
            _ = unsafe sqlite3_close(handle)
            throw error
        }
        unsafe self.handle = handle
        // SQLite's own handler soon sleeps for 100 ms at a time, and would hardly ever meet the gaps between the
        // transactions of a busy process.
        _ = unsafe sqlite3_busy_handler(
            handle,
            { context, count in
                unsafe Unmanaged<SQLiteConnection>.fromOpaque(context!).takeUnretainedValue().waits(count) ? 1 : 0
            }, Unmanaged.passUnretained(self).toOpaque())
        // Takes the place of SQLite's own, which makes whoever commits wait for the disk.
        _ = unsafe sqlite3_wal_hook(
            handle,
            { context, _, _, pages in
                unsafe Unmanaged<SQLiteConnection>.fromOpaque(context!).takeUnretainedValue().logPages = Int(pages)
                return SQLITE_OK
            }, Unmanaged.passUnretained(self).toOpaque())
        // The log stays when the last connection ends: as CGI, each request would make it anew, and wait for the disk.
        var keeps: Int32 = 1
        _ = unsafe sqlite3_file_control(handle, nil, SQLITE_FCNTL_PERSIST_WAL, &keeps)
    }

    deinit { _ = unsafe sqlite3_close_v2(handle) }

    private func waits(_ count: Int32) -> Bool {
        if count == 0 { busySince = Clock.monotonic }
        guard Clock.monotonic - busySince < busyTimeout else { return false }
        usleep(count < 20 ? 200 : 1_000)
        return true
    }

    /// Runs SQL without parameters and without rows.
    func execute(_ sql: String) throws(JournalError) {
        let code = unsafe sqlite3_exec(handle, sql, nil, nil, nil)
        guard code == SQLITE_OK else { throw failure(code) }
    }

    /// Prepares a statement that is used again and again.
    func prepare(_ sql: String) throws(JournalError) -> SQLiteStatement {
        var statement: OpaquePointer?
        let flags = UInt32(SQLITE_PREPARE_PERSISTENT)
        let code = unsafe sqlite3_prepare_v3(handle, sql, -1, flags, &statement, nil)
        guard code == SQLITE_OK, let statement = unsafe statement else { throw failure(code) }
        return unsafe SQLiteStatement(statement, of: self)
    }

    /// Whether a transaction is open.
    var isInTransaction: Bool { unsafe sqlite3_get_autocommit(handle) == 0 }

    /// The rows that the last statement has changed.
    var changes: Int { unsafe Int(sqlite3_changes(handle)) }

    /// Whether the path no longer leads to the opened file ("SQLITE_FCNTL_HAS_MOVED", sqlite.org).
    var hasMoved: Bool {
        var hasMoved: Int32 = 0
        let code = unsafe sqlite3_file_control(handle, nil, SQLITE_FCNTL_HAS_MOVED, &hasMoved)
        return code == SQLITE_OK && hasMoved != 0
    }

    /// Moves as much of the log into the database as nobody still reads from the log. What fails stays in the log.
    func checkpoint() { _ = unsafe sqlite3_wal_checkpoint_v2(handle, nil, SQLITE_CHECKPOINT_PASSIVE, nil, nil) }

    /// Moves the log into the database and empties it, unless somebody uses it now.
    ///
    /// A log that was only moved is read whole, and moved again, by the next process if that has the journal alone: it
    /// cannot know how much of it was moved.
    func emptyLog() {
        _ = unsafe sqlite3_busy_timeout(handle, 0)
        _ = unsafe sqlite3_wal_checkpoint_v2(handle, nil, SQLITE_CHECKPOINT_TRUNCATE, nil, nil)
    }

    /// The error for a result code.
    func failure(_ code: Int32) -> JournalError { unsafe Self.error(code, handle, path) }

    private static func error(_ code: Int32, _ handle: OpaquePointer?, _ path: String) -> JournalError {
        switch code & 0xFF {
        case SQLITE_BUSY, SQLITE_LOCKED: return .locked(path: path)
        case SQLITE_CORRUPT, SQLITE_NOTADB: return .corrupt(path: path)
        case SQLITE_FULL: return .diskFull(path: path)
        case SQLITE_READONLY: return .file(.readOnly(path: path))
        default:
            // A user's quota, and the file that the processes share, are told only so.
            let system = unsafe handle.map { unsafe sqlite3_system_errno($0) } ?? 0
            if code & 0xFF == SQLITE_IOERR, system == ENOSPC || system == EDQUOT { return .diskFull(path: path) }
            let message = unsafe handle.map { unsafe String(cString: sqlite3_errmsg($0)) }
            return .database(code: code, message: message ?? "no memory")
        }
    }
}
