import Identifiers
import Records

/// Reads the audit's entries.
enum AuditReader {
    /// The next entries that match, in order of time.
    static func entries(
        _ query: AuditQuery, after last: StoredAuditEntry?, limit: Int, from connection: SQLiteConnection
    ) throws(JournalError) -> [StoredAuditEntry] {
        var conditions: [String] = []
        if query.worker != nil { conditions.append("worker = ?1") }
        if query.patient != nil { conditions.append("patient = ?2") }
        if query.from != nil { conditions.append("time_us >= ?3") }
        if query.before != nil { conditions.append("time_us < ?4") }
        if last != nil { conditions.append("(time_us, number) > (?5, ?6)") }
        let statement = try connection.prepare(
            """
            SELECT number, time_us, account, app, launch, worker, patient, route, resource, record, records, outcome,
                attempts, last_us
            FROM audit \(conditions.isEmpty ? "" : "WHERE " + conditions.joined(separator: " AND "))
            ORDER BY time_us, number LIMIT ?7
            """)
        if let worker = query.worker { try statement.bind(worker.folded, at: 1) }
        if let patient = query.patient { try statement.bind(patient.folded, at: 2) }
        if let from = query.from { try statement.bind(from.microseconds, at: 3) }
        if let before = query.before { try statement.bind(before.microseconds, at: 4) }
        if let last {
            try statement.bind(last.entry.time.microseconds, at: 5)
            try statement.bind(last.number, at: 6)
        }
        try statement.bind(Int64(limit), at: 7)
        var entries: [StoredAuditEntry] = []
        while try statement.step() {
            guard let entry = entry(statement) else { throw .corrupt(path: connection.path) }
            entries.append(entry)
        }
        return entries
    }

    /// Nil if the row is none that this program writes.
    private static func entry(_ row: SQLiteStatement) -> StoredAuditEntry? {
        guard let number = row.integer(0), let time = row.integer(1), let route = row.text(7),
            let outcome = row.text(11), let actor = actor(row)
        else { return nil }
        let patient = row.text(6)
        let patientID = patient.flatMap { PatientID($0) }
        guard (patient == nil) == (patientID == nil) else { return nil }
        return StoredAuditEntry(
            number: number,
            entry: AuditEntry(
                time: Instant(microseconds: time), actor: actor, patient: patientID, route: route,
                resource: row.text(8), record: row.text(9), count: row.integer(10).map { Int($0) },
                outcome: AuditOutcome(rawValue: outcome)),
            attempts: Int(row.integer(12) ?? 1), last: row.integer(13).map { Instant(microseconds: $0) })
    }

    private static func actor(_ row: SQLiteStatement) -> AuditActor? {
        if let account = row.text(2) { return .account(account) }
        guard let app = row.text(3).flatMap({ AppName($0) }), let launch = row.text(4),
            let worker = row.text(5).flatMap({ WorkerID($0) })
        else { return nil }
        return .session(app: app, launch: launch, worker: worker)
    }
}
