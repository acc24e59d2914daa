package import Records
import GRDB
import Synchronization

extension SQLiteReplica {
    package func put(
        _ items: [PageItem], of resource: Resource, askedAt: Instant, receivedAt: Instant
    ) async throws(ReplicaError) -> CommitCounts {
        let layout = try TableLayout(resource)
        let isIndexed = tables.withLock { $0[layout] }
        let counts = try await write { database in
            if isIndexed == nil { try Tables.ensure(layout, in: database) }
            try self.bind(in: database)
            try Quarantine.release(items, layout, in: database)
            var writer = try RecordWriter(
                database, layout: layout, stream: nil, receivedAt: receivedAt, overrules: false,
                changes: ChangedPatients())
            let notesFields = try isIndexed != true && !Tables.isIndexed(layout, in: database)
            var counts = CommitCounts()
            for item in items {
                guard let record = item.record else {
                    counts.quarantined += 1
                    continue
                }
                do {
                    try writer.write(record, isRepaired: item.isRepaired, askedAt: askedAt, counts: &counts)
                    if notesFields { try Got.note(record, layout, in: database) }
                } catch is QuarantineReason {
                    counts.quarantined += 1
                }
            }
            try Changes.note(writer.changes, of: layout.name, at: receivedAt, in: database)
            return counts
        }
        // Its indexes come with the first complete window.
        tables.withLock { if $0[layout] == nil { $0[layout] = false } }
        source.withLock { $0.isBound = true }
        return counts
    }
}
