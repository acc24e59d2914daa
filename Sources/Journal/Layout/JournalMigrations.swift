/// The journal's tables, step by step. A released step never changes.
enum JournalMigrations {
    /// The words that differ between databases.
    struct Dialect {
        /// An integer primary key that the database increments, without giving a number twice.
        let serial: String

        static let sqlite = Dialect(serial: "INTEGER PRIMARY KEY AUTOINCREMENT")
    }

    /// The number of the newest step, which is the schema's version.
    static var current: Int { steps(.sqlite).count }

    /// The SQL of each step. `…_us` is in microseconds since 1970; ids of workers and patients are in lower case.
    static func steps(_ dialect: Dialect) -> [[String]] {
        [
            [
                // `schema`, `provider`, and `store`: a random id of this journal.
                "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
                // `account` is an operator's; `app`, `launch` and `worker` are a page's. `attempts` and `last_us` count
                // refused attempts.
                """
                CREATE TABLE audit (
                    number \(dialect.serial), time_us BIGINT NOT NULL, account TEXT, app TEXT, launch TEXT,
                    worker TEXT, patient TEXT, route TEXT NOT NULL, resource TEXT, record TEXT, records BIGINT,
                    outcome TEXT NOT NULL, attempts BIGINT NOT NULL DEFAULT 1, last_us BIGINT)
                """,
                "CREATE INDEX audit_time ON audit (time_us)",
                "CREATE INDEX audit_worker ON audit (worker, time_us) WHERE worker IS NOT NULL",
                "CREATE INDEX audit_patient ON audit (patient, time_us) WHERE patient IS NOT NULL",
                "CREATE INDEX audit_refused ON audit (launch, time_us) WHERE outcome <> 'ok'",
            ]
        ]
    }
}
