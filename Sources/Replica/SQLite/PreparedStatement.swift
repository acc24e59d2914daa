import Records
import GRDB
import GRDBSQLite

/// A statement that is bound and stepped without GRDB's values in between, because every record takes this path.
@safe struct PreparedStatement {
    /// Keeps the statement.
    private let owner: AnyObject
    private let handle: OpaquePointer

    /// A statement of GRDB's cache.
    init(_ database: Database, sql: String) throws {
        let statement = try database.cachedStatement(sql: sql)
        owner = statement
        unsafe handle = statement.sqliteStatement
    }

    /// A statement of a connection of our own.
    init(_ connection: ReadConnection, sql: String) throws {
        owner = connection
        unsafe handle = try connection.prepare(sql)
    }

    func bind(_ value: Int64?, at parameter: Int32) throws {
        try check(
            unsafe value.map { unsafe sqlite3_bind_int64(handle, parameter, $0) }
                ?? sqlite3_bind_null(handle, parameter))
    }

    /// Binds a copy of a text.
    func bind(_ text: [UInt8], at parameter: Int32) throws {
        let transient = unsafe unsafeBitCast(-1, to: sqlite3_destructor_type.self)
        try unsafe text.withUnsafeBytes { bytes in
            // An empty array has no address, and SQLite takes a missing address for null.
            let start = unsafe bytes.baseAddress ?? UnsafeRawPointer(bitPattern: 1)!
            try check(
                unsafe sqlite3_bind_text(
                    handle, parameter, start.assumingMemoryBound(to: CChar.self), Int32(bytes.count), transient))
        }
    }

    /// Binds a copy of a text.
    func bind(_ text: String, at parameter: Int32) throws {
        var text = text
        let transient = unsafe unsafeBitCast(-1, to: sqlite3_destructor_type.self)
        try text.withUTF8 { bytes in
            let start = unsafe UnsafeRawPointer(bytes.baseAddress ?? UnsafePointer(bitPattern: 1)!)
            try check(
                unsafe sqlite3_bind_text(
                    handle, parameter, start.assumingMemoryBound(to: CChar.self), Int32(bytes.count), transient))
        }
    }

    /// Binds a text that must stay in place until ``run()``, or ``step()`` and ``reset()``, have ended.
    func bind(inPlace text: UnsafeBufferPointer<UInt8>, at parameter: Int32) throws {
        try unsafe text.withMemoryRebound(to: CChar.self) { characters in
            try check(unsafe sqlite3_bind_text(handle, parameter, characters.baseAddress, Int32(characters.count), nil))
        }
    }

    /// Whether there is a row.
    func step() throws -> Bool {
        let code = unsafe sqlite3_step(handle)
        if code == SQLITE_ROW { return true }
        guard code == SQLITE_DONE else { throw failure(code) }
        return false
    }

    /// Executes a statement that has no rows.
    func run() throws {
        defer { reset() }
        _ = try step()
    }

    /// How many rows the connection's last statement has changed.
    var changes: Int32 { unsafe sqlite3_changes(sqlite3_db_handle(handle)) }

    /// Prepares for the next execution; every parameter is null again.
    func reset() {
        // Repeats the code of a failed step, which has already been thrown.
        _ = unsafe sqlite3_reset(handle)
        _ = unsafe sqlite3_clear_bindings(handle)
    }

    func isNull(_ column: Int32) -> Bool { unsafe sqlite3_column_type(handle, column) == SQLITE_NULL }

    func isInteger(_ column: Int32) -> Bool { unsafe sqlite3_column_type(handle, column) == SQLITE_INTEGER }

    func integer(_ column: Int32) -> Int64? { isNull(column) ? nil : unsafe sqlite3_column_int64(handle, column) }

    /// A column's bytes; nil for null.
    func bytes(_ column: Int32) -> [UInt8]? {
        guard !isNull(column) else { return nil }
        guard let start = unsafe sqlite3_column_blob(handle, column) else { return [] }
        return unsafe [UInt8](
            UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, column))))
    }

    /// A column's text; nil for null.
    func text(_ column: Int32) -> String? {
        guard !isNull(column), let start = unsafe sqlite3_column_blob(handle, column) else {
            return isNull(column) ? nil : ""
        }
        let bytes = unsafe UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, column)))
        return unsafe String(decoding: bytes, as: UTF8.self)
    }

    /// A column's instant; nil for null and for what is none.
    func instant(_ column: Int32) -> Instant? { bytes(column).flatMap { Instant(parsing: $0[...]) } }

    /// Whether a column has exactly these bytes.
    func column(_ column: Int32, equals bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard let stored = unsafe sqlite3_column_blob(handle, column),
            unsafe Int(sqlite3_column_bytes(handle, column)) == bytes.count
        else { return bytes.isEmpty }
        return unsafe UnsafeRawBufferPointer(start: stored, count: bytes.count).elementsEqual(
            UnsafeRawBufferPointer(bytes))
    }

    private func check(_ code: Int32) throws {
        if code != SQLITE_OK { throw failure(code) }
    }

    private func failure(_ code: Int32) -> DatabaseError {
        let message = unsafe String(cString: sqlite3_errmsg(sqlite3_db_handle(handle)))
        return DatabaseError(resultCode: ResultCode(rawValue: code), message: message)
    }
}
