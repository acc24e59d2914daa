internal import DataAPI
internal import GRDB
internal import Synchronization

extension SQLiteReplica: ReplicaStore {
    /// See ``ReplicaStore/state(of:)``.
    public func state(of stream: StreamID) async throws(ReplicaError) -> StreamState {
        try await perform { database in
            let row = try Row.fetchOne(
                database,
                sql: """
                    SELECT cursor_us, window_from_us, window_to_us, place FROM welkin_streams
                    WHERE resource = ? AND filter = ?
                    """, arguments: [stream.resource, stream.filterText])
            return row.map(StreamState.init(row:)) ?? StreamState()
        }
    }

    /// See ``ReplicaStore/setState(_:of:)``.
    public func setState(_ state: StreamState, of stream: StreamID) async throws(ReplicaError) {
        try await write { database in try Self.save(state, of: stream, in: database) }
    }

    /// See ``ReplicaStore/clearQuarantine(of:)``.
    public func clearQuarantine(of stream: StreamID) async throws(ReplicaError) {
        try await write { database in try Quarantine.clear(stream, in: database) }
    }

    /// See ``ReplicaStore/commit(_:)``.
    public func commit(_ page: PageCommit) async throws(ReplicaError) -> CommitCounts {
        let layout = try TableLayout(page.resource)
        let isIndexed = tables.withLock { $0[layout] }
        // The first window that is complete, however long ago it began.
        let index = isIndexed != true && page.next.window == nil
        let counts = try await write { database in
            if isIndexed == nil { try Tables.ensure(layout, in: database) }
            let counts = try Self.store(page, layout, in: database)
            if index { try Tables.index(layout, in: database) }
            try Self.save(page.next, of: page.stream, in: database)
            return counts
        }
        // Only now: a transaction that was rolled back took its table along.
        if isIndexed == nil || index { tables.withLock { $0[layout] = index } }
        return counts
    }

    private static func store(
        _ page: PageCommit, _ layout: TableLayout, in database: Database
    ) throws -> CommitCounts {
        // Before the page's own are added.
        try Quarantine.release(page, layout, in: database)
        var counts = CommitCounts()
        var writer = try RecordWriter(database, layout: layout, receivedAt: page.receivedAt)
        for item in page.items {
            switch item {
            case .record(let record):
                do {
                    try writer.write(record, counts: &counts)
                } catch let reason as QuarantineReason {
                    try Quarantine.add(record.bytes, reason, page, in: database)
                    counts.quarantined += 1
                }
            case .unreadable(let bytes):
                try Quarantine.add(bytes, .unreadable, page, in: database)
                counts.quarantined += 1
            }
        }
        return counts
    }

    private static func save(_ state: StreamState, of stream: StreamID, in database: Database) throws {
        try database.execute(
            sql: """
                INSERT INTO welkin_streams (resource, filter, cursor_us, window_from_us, window_to_us, place)
                VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (resource, filter) DO UPDATE SET
                    cursor_us = excluded.cursor_us, window_from_us = excluded.window_from_us,
                    window_to_us = excluded.window_to_us, place = excluded.place
                """,
            arguments: [
                stream.resource, stream.filterText, state.cursor?.microseconds, state.window?.from?.microseconds,
                state.window?.to.microseconds, state.place,
            ])
    }
}

extension StreamState {
    /// Columns `cursor_us`, `window_from_us`, `window_to_us`, `place`.
    init(row: Row) {
        self.init(
            cursor: Instant(row["cursor_us"]),
            window: Instant(row["window_to_us"]).map { StreamWindow(from: Instant(row["window_from_us"]), to: $0) },
            place: row["place"])
    }
}

extension Instant {
    init?(_ microseconds: Int64?) {
        guard let microseconds else { return nil }
        self.init(microseconds: microseconds)
    }
}
