public import DataAPI
internal import GRDB
internal import Synchronization

extension SQLiteReplica {
    /// See ``ReplicaStore/markDeleted(_:of:at:)``.
    @discardableResult
    public func markDeleted(
        _ ids: [String], of resource: String, at instant: Instant
    ) async throws(ReplicaError) -> Int {
        try TableLayout.check(name: resource)
        return try await write { database in
            guard try database.tableExists(resource) else { return 0 }
            let statement = try database.cachedStatement(
                sql: #"UPDATE "\#(resource)" SET "deleted_at" = ? WHERE "id" = ? AND "deleted_at" IS NULL"#)
            var marked = 0
            for id in ids {
                try statement.execute(arguments: [instant.description, id])
                marked += database.changesCount
            }
            return marked
        }
    }

    /// The rows that were met are noted by number in a temporary table, which SQLite keeps on disk
    /// when it is large, and which ends with the connection.
    public func beginComparison(of stream: StreamID) async throws(ReplicaError) {
        guard let resource = Catalogue.resource(named: stream.resource) ?? .unknown(stream.resource) else {
            throw ReplicaError.invalidName(stream.resource)
        }
        let layout = try TableLayout(resource)
        try await perform { database in
            try database.execute(
                sql: "DROP TABLE IF EXISTS temp.welkin_seen; CREATE TEMP TABLE welkin_seen (number INTEGER PRIMARY KEY)"
            )
        }
        comparison.withLock { $0 = (stream, layout) }
    }

    /// See ``ReplicaStore/compare(_:)``.
    public func compare(_ records: [DataAPI.Record]) async throws(ReplicaError) -> [Difference] {
        guard let layout = comparison.withLock({ $0?.layout }) else { return [] }
        return try await write { database in
            guard try database.tableExists(layout.name) else {
                return records.compactMap { Self.identity($0, layout) }.map {
                    Difference(id: String(decoding: $0.id, as: UTF8.self), kind: .missing)
                }
            }
            let reader = try VersionReader(database, layout: layout)
            let note = try PreparedStatement(database, sql: "INSERT OR IGNORE INTO temp.welkin_seen VALUES (?1)")
            return try records.compactMap { record in
                guard let identity = Self.identity(record, layout) else { return nil }
                let stored = try reader.find(identity, bytes: record.bytes)
                if let stored {
                    try note.bind(stored.number, at: 1)
                    try note.run()
                }
                return Difference.Kind(of: identity, to: stored).map {
                    Difference(id: String(decoding: identity.id, as: UTF8.self), kind: $0)
                }
            }
        }
    }

    /// See ``ReplicaStore/unseen(after:limit:)``.
    public func unseen(after id: String?, limit: Int) async throws(ReplicaError) -> [StoredVersion] {
        guard let stream = comparison.withLock({ $0?.stream }) else { return [] }
        return try await perform { database in
            try Self.versions(
                of: stream, after: id, limit: limit,
                condition: "rowid NOT IN (SELECT number FROM temp.welkin_seen)", in: database)
        }
    }

    /// See ``ReplicaStore/endComparison()``.
    public func endComparison() async throws(ReplicaError) {
        comparison.withLock { $0 = nil }
        try await perform { database in try database.execute(sql: "DROP TABLE IF EXISTS temp.welkin_seen") }
    }

    /// Nil for what has no place in the table; `quarantined` has it.
    private static func identity(_ record: DataAPI.Record, _ layout: TableLayout) -> RecordIdentity? {
        try? RecordIdentity(record, cursorField: layout.cursorField)
    }
}
