import StoreFiles

/// An SQLite file, and what was last seen of it.
struct WatchedFile {
    private let path: String
    private var open: (connection: ReadConnection, dataVersion: PreparedStatement, last: Int64)?

    init(path: String) { self.path = path }

    /// Whether somebody has committed, or another file or none is at the path, since the last look. A file that cannot
    /// be read at the moment is looked at again later.
    mutating func hasChanged() -> Bool {
        guard let (connection, dataVersion, last) = open, !connection.hasMoved else {
            let wasOpen = open != nil
            open = Self.open(path)
            return wasOpen || open != nil
        }
        guard let version = try? ReplicaReader.integer(dataVersion), version != last else { return false }
        open?.last = version
        return true
    }

    private static func open(_ path: String) -> (ReadConnection, PreparedStatement, Int64)? {
        // Nothing else is opened in place of it.
        guard let file = try? SQLiteReplica.file(path, creating: false),
            let connection = try? ReadConnection(path: file.path, milliseconds: 0),
            let statement = try? PreparedStatement(connection, sql: "PRAGMA data_version"),
            let version = try? ReplicaReader.integer(statement)
        else { return nil }
        return (connection, statement, version)
    }
}
