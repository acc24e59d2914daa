import GRDB

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
