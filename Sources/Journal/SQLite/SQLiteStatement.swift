import GRDBSQLite

/// A prepared statement.
@safe final class SQLiteStatement {
    private let handle: OpaquePointer
    private let connection: SQLiteConnection

    /// Owns the handle.
    init(_ handle: OpaquePointer, of connection: SQLiteConnection) {
        unsafe self.handle = handle
        self.connection = connection
    }

    deinit { _ = unsafe sqlite3_finalize(handle) }

    func bind(_ value: Int64?, at parameter: Int32) throws(JournalError) {
        try check(
            unsafe value.map { unsafe sqlite3_bind_int64(handle, parameter, $0) }
                ?? sqlite3_bind_null(handle, parameter))
    }

    /// Binds a copy.
    func bind(_ text: String?, at parameter: Int32) throws(JournalError) {
        guard var text else { return try check(unsafe sqlite3_bind_null(handle, parameter)) }
        let transient = unsafe unsafeBitCast(-1, to: sqlite3_destructor_type.self)
        let code = text.withUTF8 { bytes in
            // An empty text has no address, and SQLite takes a missing address for null.
            let start = unsafe bytes.baseAddress.map { unsafe UnsafeRawPointer($0) } ?? UnsafeRawPointer(bitPattern: 1)!
            return unsafe sqlite3_bind_text(
                handle, parameter, start.assumingMemoryBound(to: CChar.self), Int32(bytes.count), transient)
        }
        try check(code)
    }

    /// Whether there is a row.
    func step() throws(JournalError) -> Bool {
        let code = unsafe sqlite3_step(handle)
        if code == SQLITE_ROW { return true }
        guard code == SQLITE_DONE else { throw connection.failure(code) }
        return false
    }

    /// Executes a statement that has no rows.
    func run() throws(JournalError) {
        defer { reset() }
        _ = try step()
    }

    /// Prepares for the next execution; every parameter is null again.
    func reset() {
        // Repeats the code of a failed step, which has already been thrown.
        _ = unsafe sqlite3_reset(handle)
        _ = unsafe sqlite3_clear_bindings(handle)
    }

    func integer(_ column: Int32) -> Int64? {
        unsafe sqlite3_column_type(handle, column) == SQLITE_NULL ? nil : sqlite3_column_int64(handle, column)
    }

    func text(_ column: Int32) -> String? {
        unsafe sqlite3_column_text(handle, column).map { unsafe String(cString: $0) }
    }

    private func check(_ code: Int32) throws(JournalError) {
        if code != SQLITE_OK { throw connection.failure(code) }
    }
}
