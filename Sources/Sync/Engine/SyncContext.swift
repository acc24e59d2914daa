import DataAPI
import Records
import Replica

/// What the work on one stream needs from its run.
struct SyncContext: Sendable {
    let source: any PageSource
    let store: any ReplicaStore
    let settings: SyncSettings
    let now: @Sendable () -> Instant
    let stop: StopFlag
    let onEvent: @Sendable (SyncEvent) -> Void
}

extension SyncContext {
    /// Looks at several items at once; keeps the confirmed findings, in order.
    func secondLooks<Item: Sendable, Finding: Sendable>(
        at items: [Item], look: @escaping @Sendable (Item) async throws -> Finding?
    ) async throws -> [Finding] {
        var findings: [Finding] = []
        let width = max(1, settings.secondLooks)
        for start in stride(from: 0, to: items.count, by: width) {
            let part = items[start..<min(start + width, items.count)]
            let looked = try await withThrowingTaskGroup(of: (Int, Finding?).self) { group in
                for index in part.indices { group.addTask { (index, try await look(part[index])) } }
                var looked: [(Int, Finding?)] = []
                for try await one in group { looked.append(one) }
                return looked
            }
            findings += looked.sorted { $0.0 < $1.0 }.compactMap(\.1)
        }
        return findings
    }
}
