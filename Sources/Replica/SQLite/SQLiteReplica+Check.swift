import GRDB

extension SQLiteReplica {
    /// Looks for damage with SQLite's `PRAGMA quick_check`, which reads the whole file: pages, order and the
    /// shape of rows, though not whether an index and its table agree. Others may write meanwhile.
    ///
    /// - Returns: SQLite's findings, some at most, each a line that names tables, pages and row numbers and no
    ///   values; empty where all is well.
    package func damage() async throws(ReplicaError) -> [String] {
        try await perform { database in
            // The first row can be several lines, of which one says in which database they were found.
            try String.fetchAll(database, sql: "PRAGMA quick_check(10)").flatMap { $0.split(separator: "\n") }
                .filter { $0 != "ok" && !$0.hasPrefix("***") }.map { String($0) }
        }
    }
}
