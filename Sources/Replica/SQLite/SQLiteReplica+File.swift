import GRDB
import GRDBSQLite

extension SQLiteReplica {
    /// Whether the replica's path still leads to the file that was opened. Where it was removed, or another one was
    /// put in its place, everything goes on in a file without a name, and ends with the process.
    ///
    /// SQLite compares what it has opened with what is there now ("SQLITE_FCNTL_HAS_MOVED", sqlite.org).
    package func isInPlace() async throws(ReplicaError) -> Bool {
        try await perform { database in
            var hasMoved: Int32 = 0
            let code = unsafe sqlite3_file_control(
                database.sqliteConnection, nil, SQLITE_FCNTL_HAS_MOVED, &hasMoved)
            // One in memory has no place.
            return code != SQLITE_OK || hasMoved == 0
        }
    }
}
