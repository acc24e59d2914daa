import GRDB
import GRDBSQLite

/// A connection to a replica that only reads, without GRDB, for one thread at a time.
@safe final class ReadConnection {
    private let handle: OpaquePointer
    private var statements: [OpaquePointer] = unsafe []

    /// - Parameter milliseconds: how long another program's lock is waited for.
    init(path: String, milliseconds: Int32) throws {
        var opened: OpaquePointer?
        let code = unsafe sqlite3_open_v2(
            path, &opened, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE, nil)
        guard code == SQLITE_OK, let handle = unsafe opened else {
            unsafe sqlite3_close_v2(opened)
            throw DatabaseError(resultCode: ResultCode(rawValue: code))
        }
        unsafe self.handle = handle
        unsafe sqlite3_extended_result_codes(handle, 1)
        unsafe sqlite3_busy_timeout(handle, milliseconds)
    }

    deinit {
        unsafe statements.forEach { _ = unsafe sqlite3_finalize($0) }
        unsafe sqlite3_close_v2(handle)
    }

    /// A statement that lives as long as the connection.
    func prepare(_ sql: String) throws -> OpaquePointer {
        var statement: OpaquePointer?
        let code = unsafe sqlite3_prepare_v3(handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &statement, nil)
        guard code == SQLITE_OK, let statement = unsafe statement else {
            let message = unsafe String(cString: sqlite3_errmsg(handle))
            throw DatabaseError(resultCode: ResultCode(rawValue: code), message: message)
        }
        unsafe statements.append(statement)
        return unsafe statement
    }

    /// Runs statements without parameters, and forgets them.
    func execute(_ sql: String) throws {
        let code = unsafe sqlite3_exec(handle, sql, nil, nil, nil)
        guard code == SQLITE_OK else {
            throw DatabaseError(
                resultCode: ResultCode(rawValue: code), message: unsafe String(cString: sqlite3_errmsg(handle)))
        }
    }

    /// Whether the opened file was removed or replaced: whether another or none is at its path now. One `stat`.
    var hasMoved: Bool {
        var hasMoved: Int32 = 0
        let code = unsafe sqlite3_file_control(handle, nil, SQLITE_FCNTL_HAS_MOVED, &hasMoved)
        return code == SQLITE_OK && hasMoved != 0
    }
}
