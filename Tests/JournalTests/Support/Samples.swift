import Identifiers
import Journal
import Records

/// Audit entries as the page's data service would add them.
enum Sample {
    static let noon = Instant("2026-01-02T12:00:00Z")!

    static func session(_ worker: String = "w1", launch: String = "5f6e") -> AuditActor {
        .session(app: .main, launch: launch, worker: WorkerID(worker)!)
    }

    /// An entry so many seconds after noon.
    static func entry(
        _ seconds: Int = 0, worker: String = "w1", patient: String? = "p1", launch: String = "5f6e",
        route: String = "context", outcome: AuditOutcome = .ok
    ) -> AuditEntry {
        AuditEntry(
            time: noon + .seconds(seconds), actor: session(worker, launch: launch),
            patient: patient.map { PatientID($0)! }, route: route, outcome: outcome)
    }
}

extension JournalStore {
    /// All entries that match, page by page.
    func all(_ query: AuditQuery = AuditQuery(), page: Int = 100) async throws -> [StoredAuditEntry] {
        var entries: [StoredAuditEntry] = []
        while true {
            let next = try await self.entries(query, after: entries.last, limit: page)
            entries += next
            if next.count < page { return entries }
        }
    }
}
