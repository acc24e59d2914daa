import Records
import GRDB
import Synchronization

extension SQLiteReplica: ReplicaStore {
    package func state(of stream: StreamID) async throws(ReplicaError) -> StreamState {
        try await perform { database in
            let row = try Row.fetchOne(
                database,
                sql: """
                    SELECT * FROM welkin_streams WHERE resource = ? AND filter = ?
                    """, arguments: [stream.resource, stream.filterText])
            return row.map(StreamState.init(row:)) ?? StreamState()
        }
    }

    package func unfinishedInstants(of stream: StreamID) async throws(ReplicaError) -> [UnfinishedInstant] {
        try await perform { database in try Instants.all(of: stream, in: database) }
    }

    package func lastQuarantined() async throws(ReplicaError) -> Int64 {
        try await perform { database in
            // Works even if the quarantine is empty again, because numbers are never reused.
            try Int64.fetchOne(database, sql: "SELECT seq FROM sqlite_sequence WHERE name = 'welkin_quarantine'") ?? 0
        }
    }

    package func commit(_ page: PageCommit) async throws(ReplicaError) -> CommitCounts {
        let layout = try TableLayout(page.resource)
        let isIndexed = tables.withLock { $0[layout] }
        // After the first complete window, however long ago it began.
        let index = isIndexed != true && page.next.window == nil
        let counts = try await write { database in
            if isIndexed == nil { try Tables.ensure(layout, in: database) }
            try self.bind(in: database)
            let counts = try Self.store(page, layout, in: database)
            try Instants.note(page.instants, of: page.stream, in: database)
            if let number = page.forgetsUpTo { try Quarantine.forget(upTo: number, of: page.stream, in: database) }
            if index {
                try Tables.index(layout, in: database)
                try Got.forget(layout.name, in: database)
            }
            try Self.save(page.next, of: page.stream, in: database)
            return counts
        }
        // Only now, because a rolled-back transaction takes its table with it.
        if isIndexed == nil || index { tables.withLock { $0[layout] = index } }
        source.withLock { $0.isBound = true }
        return counts
    }

    /// Stores where the records come from, with the first commit of this run.
    func bind(in database: Database) throws {
        let (value, isBound) = source.withLock { $0 }
        if let value, !isBound { try SQLiteSchema.bind(database, source: value) }
    }

    private static func store(
        _ page: PageCommit, _ layout: TableLayout, in database: Database
    ) throws -> CommitCounts {
        // Before the page's own quarantined records are added.
        try Quarantine.release(page.items, layout, in: database)
        var counts = CommitCounts()
        var writer = try RecordWriter(
            database, layout: layout, stream: page.stream, receivedAt: page.receivedAt, overrules: page.overrules,
            // Until everything is here for the first time, each page is new for somebody.
            changes: ChangedPatients(isBulk: page.next.cursor == nil))
        func keepAside(_ bytes: ArraySlice<UInt8>, _ reason: QuarantineReason, id: String?) throws {
            try Quarantine.add(bytes, reason, id: id, page, in: database)
            counts.quarantined += 1
        }
        for part in page.parts {
            for item in part.items {
                do {
                    switch item {
                    case .record(let record):
                        try writer.write(record, isRepaired: false, askedAt: part.askedAt, counts: &counts)
                    case .repaired(let record, let original):
                        // Kept twice but counted once, as quarantined.
                        var written = CommitCounts()
                        try writer.write(record, isRepaired: true, askedAt: part.askedAt, counts: &written)
                        try keepAside(original, .notJSON, id: record.replicaID)
                    case .unreadable(let bytes): try keepAside(bytes, .unreadable, id: SalvagedID.find(in: bytes))
                    case .oversized(let outline):
                        try keepAside(outline[...], .tooLarge, id: Record(parsing: outline)?.replicaID)
                    }
                } catch let reason as QuarantineReason {
                    guard let received = item.received else { continue }
                    try keepAside(received, reason, id: SalvagedID.find(in: received).flatMap(RecordIdentity.key))
                }
            }
        }
        try Changes.note(writer.changes, of: layout.name, at: page.receivedAt, in: database)
        return counts
    }

    private static func save(_ state: StreamState, of stream: StreamID, in database: Database) throws {
        try database.execute(
            sql: """
                INSERT INTO welkin_streams (
                    resource, filter, cursor_us, window_from_us, window_to_us, place, window_overrules,
                    window_undated, window_mark)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (resource, filter) DO UPDATE SET
                    cursor_us = excluded.cursor_us, window_from_us = excluded.window_from_us,
                    window_to_us = excluded.window_to_us, place = excluded.place,
                    window_overrules = excluded.window_overrules, window_undated = excluded.window_undated,
                    window_mark = excluded.window_mark
                """,
            arguments: [
                stream.resource, stream.filterText, state.cursor?.microseconds, state.window?.from?.microseconds,
                state.window?.to.microseconds, state.place, state.window?.overrules ?? false,
                state.window?.isUndated ?? false, state.window?.mark,
            ])
    }
}

extension StreamState {
    /// A row of `welkin_streams`.
    init(row: Row) {
        self.init(
            cursor: Instant(row["cursor_us"]),
            window: Instant(row["window_to_us"]).map {
                StreamWindow(
                    from: Instant(row["window_from_us"]), to: $0, overrules: row["window_overrules"],
                    isUndated: row["window_undated"], mark: row["window_mark"])
            },
            place: row["place"])
    }
}

extension Instant {
    init?(_ microseconds: Int64?) {
        guard let microseconds else { return nil }
        self.init(microseconds: microseconds)
    }
}

extension PageItem {
    /// The bytes as received; nil for a record that was not kept completely.
    fileprivate var received: ArraySlice<UInt8>? {
        switch self {
        case .record(let record): record.bytes
        case .repaired(_, let original): original
        case .unreadable(let bytes): bytes
        case .oversized: nil
        }
    }
}
