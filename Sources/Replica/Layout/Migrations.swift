/// The replica's own tables, step by step. A released step never changes.
enum Migrations {
    /// The words that differ between databases.
    struct Dialect {
        /// An integer primary key that the database increments.
        let serial: String
        let bytes: String

        static let sqlite = Dialect(serial: "INTEGER PRIMARY KEY AUTOINCREMENT", bytes: "BLOB")
    }

    /// The number of the newest step, which is the schema's version.
    static var current: Int { steps(.sqlite).count }

    /// The SQL of each step. `filter` is `name=value`, or empty; `…_us` is in microseconds since 1970.
    static func steps(_ dialect: Dialect) -> [[String]] {
        [
            [
                // `schema`, `provider`, since step 3 `api` and `client`, since step 4 `id`.
                "CREATE TABLE welkin_meta (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
                """
                CREATE TABLE welkin_streams (
                    resource TEXT NOT NULL, filter TEXT NOT NULL, cursor_us BIGINT,
                    window_from_us BIGINT, window_to_us BIGINT, place TEXT, PRIMARY KEY (resource, filter))
                """,
                """
                CREATE TABLE welkin_runs (
                    resource TEXT NOT NULL, filter TEXT NOT NULL, last_success_us BIGINT, last_failure_us BIGINT,
                    last_error_code TEXT, inserted BIGINT NOT NULL, updated BIGINT NOT NULL,
                    unchanged BIGINT NOT NULL, older BIGINT NOT NULL, quarantined BIGINT NOT NULL,
                    PRIMARY KEY (resource, filter))
                """,
                """
                CREATE TABLE welkin_quarantine (
                    number \(dialect.serial), resource TEXT NOT NULL, filter TEXT NOT NULL,
                    digest \(dialect.bytes) NOT NULL, bytes \(dialect.bytes) NOT NULL, reason TEXT NOT NULL,
                    received_at TEXT NOT NULL, UNIQUE (resource, filter, digest))
                """,
            ],
            [
                // To recognise a record when a valid version comes; null if no id could be found.
                "ALTER TABLE welkin_quarantine ADD COLUMN record_id TEXT",
                """
                CREATE INDEX welkin_quarantine_record ON welkin_quarantine (resource, record_id)
                WHERE record_id IS NOT NULL
                """,
            ],
            [
                "ALTER TABLE welkin_streams ADD COLUMN window_overrules BIGINT NOT NULL DEFAULT 0",
                "ALTER TABLE welkin_streams ADD COLUMN window_undated BIGINT NOT NULL DEFAULT 0",
                "ALTER TABLE welkin_streams ADD COLUMN window_mark BIGINT",
                // `turn` grows with each search, so that the one that has waited longest is next.
                """
                CREATE TABLE welkin_instants (
                    resource TEXT NOT NULL, filter TEXT NOT NULL, instant_us BIGINT NOT NULL, place TEXT,
                    turn BIGINT NOT NULL, PRIMARY KEY (resource, filter, instant_us))
                """,
            ],
            [
                // Numbers are never used again, so that a number says up to where somebody has read. `patient` is null
                // for records of nobody, `*` for many.
                """
                CREATE TABLE welkin_changes (
                    number \(dialect.serial), resource TEXT NOT NULL, patient TEXT, at_us BIGINT NOT NULL)
                """,
                // Finds records that were got by their ids while their table has no indexes yet.
                """
                CREATE TABLE welkin_got (
                    resource TEXT NOT NULL, field TEXT NOT NULL, value TEXT NOT NULL, record_id TEXT NOT NULL,
                    PRIMARY KEY (resource, field, value, record_id))
                """,
            ],
        ]
    }
}
