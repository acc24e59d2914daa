import DataAPI
import Replica

/// Counts what a page would change, without changing anything.
enum PagePreview {
    /// The store's comparison must have begun.
    static func counts(of page: PageCommit, in store: any ReplicaStore) async throws -> CommitCounts {
        let records = page.items.filter { if case .record(let record) = $0 { record.replicaID != nil } else { false } }
        var counts = CommitCounts(unchanged: records.count, quarantined: page.items.count - records.count)
        for difference in try await store.compare(records) {
            counts.unchanged -= 1
            switch difference.kind {
            case .missing: counts.inserted += 1
            case .newer: if page.overrules { counts.updated += 1 } else { counts.older += 1 }
            case .stale, .different, .deleted: counts.updated += 1
            }
        }
        return counts
    }
}
