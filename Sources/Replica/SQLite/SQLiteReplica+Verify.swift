package import Records
import Foundation
import GRDB
import Synchronization

extension SQLiteReplica {
    @discardableResult
    package func markDeleted(
        _ ids: [String], of resource: String, at instant: Instant
    ) async throws(ReplicaError) -> Int {
        try TableLayout.check(name: resource)
        return try await write { database in
            guard try database.tableExists(resource) else { return 0 }
            let statement = try database.cachedStatement(
                sql: """
                    UPDATE "\(resource)" SET "deleted_at" = ? WHERE "id" = ? AND "deleted_at" IS NULL
                    RETURNING CAST("record" AS BLOB)
                    """)
            var (marked, changes) = (0, ChangedPatients())
            for id in ids {
                for record in try Data.fetchAll(statement, arguments: [instant.description, id]) {
                    marked += 1
                    if resource == Resource.patients.name {
                        changes.add(Array(id.utf8)[...])
                    } else {
                        changes.add(Record(parsing: Array(record)).flatMap(ChangedPatients.patient))
                    }
                }
            }
            try Changes.note(changes, of: resource, at: instant, in: database)
            return marked
        }
    }

    /// Notes the rows that were met, by number, in a temporary table, which SQLite keeps on disk when it
    /// is large, and which ends with the connection.
    package func beginComparison(of stream: StreamID) async throws(ReplicaError) {
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

    package func compare(_ items: [PageItem]) async throws(ReplicaError) -> [Difference] {
        guard let layout = comparison.withLock({ $0?.layout }) else { return [] }
        return try await write { database in
            guard try database.tableExists(layout.name) else {
                return items.compactMap(\.record).compactMap(\.replicaID).map { Difference(id: $0, kind: .missing) }
            }
            let reader = try VersionReader(database, layout: layout)
            let note = try PreparedStatement(database, sql: "INSERT OR IGNORE INTO temp.welkin_seen VALUES (?1)")
            return try items.compactMap { item in
                guard let record = item.record,
                    let identity = try? RecordIdentity(record, cursorField: layout.cursorField)
                else { return nil }
                let stored = try reader.find(identity, bytes: record.bytes, isRepaired: item.isRepaired)
                if let stored {
                    try note.bind(stored.number, at: 1)
                    try note.run()
                }
                return Difference.Kind(of: identity, to: stored).map {
                    Difference(id: identity.text, kind: $0)
                }
            }
        }
    }

    package func unseen(after id: String?, limit: Int) async throws(ReplicaError) -> [StoredVersion] {
        guard let stream = comparison.withLock({ $0?.stream }) else { return [] }
        return try await perform { database in
            try Self.versions(
                of: stream, after: id, limit: limit,
                condition: "rowid NOT IN (SELECT number FROM temp.welkin_seen)", in: database)
        }
    }

    package func endComparison() async throws(ReplicaError) {
        comparison.withLock { $0 = nil }
        try await perform { database in try database.execute(sql: "DROP TABLE IF EXISTS temp.welkin_seen") }
    }
}

extension PageItem {
    var isRepaired: Bool {
        if case .repaired = self { true } else { false }
    }
}
