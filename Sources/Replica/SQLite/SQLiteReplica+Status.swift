import Records
import GRDB

extension SQLiteReplica {
    package func recordRun(_ outcome: RunOutcome, of stream: StreamID) async throws(ReplicaError) {
        try await write { database in
            if case .failed = outcome, Catalogue.resource(named: stream.resource) == nil {
                let isKnown = try Bool.fetchOne(
                    database, sql: "SELECT EXISTS (SELECT 1 FROM welkin_streams WHERE resource = ? AND filter = ?)",
                    arguments: [stream.resource, stream.filterText])
                guard isKnown == true else { return }
            }
            try database.execute(
                sql: """
                    INSERT INTO welkin_runs (resource, filter, inserted, updated, unchanged, older, quarantined)
                    VALUES (?, ?, 0, 0, 0, 0, 0) ON CONFLICT (resource, filter) DO NOTHING
                    """, arguments: [stream.resource, stream.filterText])
            switch outcome {
            case .succeeded(let instant, let counts):
                try database.execute(
                    sql: """
                        UPDATE welkin_runs SET last_success_us = ?, last_error_code = NULL, inserted = ?,
                            updated = ?, unchanged = ?, older = ?, quarantined = ? WHERE resource = ? AND filter = ?
                        """,
                    arguments: [
                        instant.microseconds, counts.inserted, counts.updated, counts.unchanged, counts.older,
                        counts.quarantined, stream.resource, stream.filterText,
                    ])
            case .failed(let instant, let code):
                try database.execute(
                    sql: """
                        UPDATE welkin_runs SET last_failure_us = ?, last_error_code = ? WHERE resource = ? AND filter = ?
                        """, arguments: [instant.microseconds, code, stream.resource, stream.filterText])
            }
        }
    }

    package func status() async throws(ReplicaError) -> [StreamStatus] {
        try await perform { database in
            // One transaction, so that all figures are of one moment.
            var result: [StreamStatus] = []
            try database.inTransaction(.deferred) {
                let streams = try Row.fetchAll(
                    database,
                    sql: """
                        SELECT resource, filter FROM welkin_streams UNION SELECT resource, filter FROM welkin_runs
                        ORDER BY resource, filter
                        """)
                for row in streams {
                    let stream = StreamID(resource: row["resource"], filterText: row["filter"])
                    // Earlier versions stored any requested name, such as that of one of the replica's own tables.
                    guard (try? TableLayout.check(name: stream.resource)) != nil else { continue }
                    result.append(try Self.status(of: stream, in: database))
                }
                return .commit
            }
            return result
        }
    }

    private static func status(of stream: StreamID, in database: Database) throws -> StreamStatus {
        let key: StatementArguments = [stream.resource, stream.filterText]
        let state = try Row.fetchOne(
            database, sql: "SELECT * FROM welkin_streams WHERE resource = ? AND filter = ?", arguments: key)
        let run = try Row.fetchOne(
            database, sql: "SELECT * FROM welkin_runs WHERE resource = ? AND filter = ?", arguments: key)
        let (total, deleted) = try counts(of: stream, in: database)
        return StreamStatus(
            stream: stream, state: state.map(StreamState.init(row:)) ?? StreamState(),
            rows: total - deleted, deleted: deleted,
            quarantined: try Int.fetchOne(
                database, sql: "SELECT count(*) FROM welkin_quarantine WHERE resource = ? AND filter = ?",
                arguments: key) ?? 0,
            lastSuccess: Instant(run?["last_success_us"]),
            lastCounts: run.map { run in
                CommitCounts(
                    inserted: run["inserted"], updated: run["updated"], unchanged: run["unchanged"],
                    older: run["older"], quarantined: run["quarantined"])
            } ?? CommitCounts(),
            lastFailure: Instant(run?["last_failure_us"]), lastErrorCode: run?["last_error_code"],
            unfinished: try Instants.all(of: stream, in: database).map(\.instant).sorted())
    }

    /// All rows of a stream, and the deleted ones among them: two counts over indexes are faster than
    /// one over the table.
    private static func counts(of stream: StreamID, in database: Database) throws -> (total: Int, deleted: Int) {
        guard try database.tableExists(stream.resource) else { return (0, 0) }
        let (filter, arguments) = rowFilter(of: stream)
        let sql = #"SELECT count(*) FROM "\#(stream.resource)" WHERE \#(filter)"#
        return (
            try Int.fetchOne(database, sql: sql, arguments: arguments) ?? 0,
            try Int.fetchOne(database, sql: sql + #" AND "deleted_at" IS NOT NULL"#, arguments: arguments) ?? 0
        )
    }
}
