import Identifiers
import Records

/// Writes the audit's entries.
final class AuditWriter {
    private let connection: SQLiteConnection
    private let insert: SQLiteStatement
    private let refused: SQLiteStatement
    private let count: SQLiteStatement
    private let prune: SQLiteStatement

    init(_ connection: SQLiteConnection) throws(JournalError) {
        self.connection = connection
        insert = try connection.prepare(
            """
            INSERT INTO audit (
                time_us, account, app, launch, worker, patient, route, resource, record, records, outcome, last_us)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        refused = try connection.prepare(
            """
            SELECT count(*), max(CASE WHEN outcome = 'counted' THEN number END) FROM audit
            WHERE outcome <> 'ok' AND launch = ? AND time_us >= ? AND time_us < ?
            """)
        count = try connection.prepare(
            "UPDATE audit SET attempts = attempts + 1, last_us = max(last_us, ?) WHERE number = ?")
        prune = try connection.prepare(
            """
            DELETE FROM audit WHERE number IN (
                SELECT number FROM audit WHERE time_us < ? ORDER BY time_us, number LIMIT ?)
            """)
    }

    /// Adds an entry, or counts it.
    func write(_ entry: AuditEntry) throws(JournalError) {
        guard entry.outcome.isRefused, case .session(let app, let launch, let worker) = entry.actor else {
            return try add(entry)
        }
        let minute = entry.time.microseconds.flooredDivision(by: 60_000_000).quotient * 60_000_000
        try refused.bind(launch, at: 1)
        try refused.bind(minute, at: 2)
        try refused.bind(minute + 60_000_000, at: 3)
        guard try refused.step() else { return refused.reset() }
        let (entries, counted) = (refused.integer(0) ?? 0, refused.integer(1))
        refused.reset()
        if let counted {
            try count.bind(entry.time.microseconds, at: 1)
            try count.bind(counted, at: 2)
            try count.run()
        } else if entries < AuditLimit.refusedPerMinute {
            try add(entry)
        } else {
            try add(
                AuditEntry(
                    time: entry.time, actor: .session(app: app, launch: launch, worker: worker), route: "*",
                    outcome: .counted), last: entry.time)
        }
    }

    private func add(_ entry: AuditEntry, last: Instant? = nil) throws(JournalError) {
        defer { insert.reset() }
        try insert.bind(entry.time.microseconds, at: 1)
        switch entry.actor {
        case .session(let app, let launch, let worker):
            try insert.bind(app.text, at: 3)
            try insert.bind(launch, at: 4)
            try insert.bind(worker.folded, at: 5)
        case .account(let name): try insert.bind(name, at: 2)
        }
        try insert.bind(entry.patient?.folded, at: 6)
        try insert.bind(entry.route, at: 7)
        try insert.bind(entry.resource, at: 8)
        try insert.bind(entry.record, at: 9)
        try insert.bind(entry.count.map { Int64($0) }, at: 10)
        try insert.bind(entry.outcome.rawValue, at: 11)
        try insert.bind(last?.microseconds, at: 12)
        _ = try insert.step()
    }

    /// Removes the oldest entries that are older than this, at most `limit` of them; returns how many.
    func prune(before time: Instant, limit: Int) throws(JournalError) -> Int {
        try prune.bind(time.microseconds, at: 1)
        try prune.bind(Int64(limit), at: 2)
        try prune.run()
        return connection.changes
    }
}
