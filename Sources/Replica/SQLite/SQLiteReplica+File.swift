import GRDB
import GRDBSQLite

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
