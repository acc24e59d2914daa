import Records
import GRDB
import Platform
import Synchronization

/// What the replica holds, or held, of a resource.
package struct Belongings: Hashable, Sendable {
    /// Streams, one for each value of a filter.
    package let streams: Int
    /// Records, including those that are marked as deleted.
    package let records: Int
    /// Quarantined records.
    package let quarantined: Int

    /// Whether there is nothing at all.
    package var isEmpty: Bool { streams == 0 && records == 0 && quarantined == 0 }
}

extension SQLiteReplica {
    /// Whether a resource can have a table of this name; the replica and its database reserve some names.
    package static func canHold(_ resource: String) -> Bool { (try? TableLayout.check(name: resource)) != nil }

    /// What the replica holds of a resource, or of one value of its filter if the stream has one.
    package func belongings(of stream: StreamID) async throws(ReplicaError) -> Belongings {
        try await perform { database in try Self.belongings(of: stream, in: database) }
    }

    /// Removes a resource's progress, run results and quarantined records and, if asked to, its records. For a stream
    /// with a filter, removes what that stream has brought.
    ///
    /// - Returns: what the replica held.
    @discardableResult
    package func forget(_ stream: StreamID, records: Bool) async throws(ReplicaError) -> Belongings {
        tables.withLock { $0 = $0.filter { $0.key.name != stream.resource } }
        // The removed data is health data: its bytes must not stay in the file.
        try await perform { database in try database.execute(sql: "PRAGMA secure_delete = ON") }
        return try await write { database in
            let belongings = try Self.belongings(of: stream, in: database)
            if records, Self.canHold(stream.resource), try database.tableExists(stream.resource) {
                if stream.filter == nil {
                    try database.execute(sql: #"DROP TABLE "\#(stream.resource)""#)
                } else {
                    let (filter, arguments) = Self.rowFilter(of: stream)
                    try database.execute(
                        sql: #"DELETE FROM "\#(stream.resource)" WHERE \#(filter)"#, arguments: arguments)
                }
            }
            let (condition, arguments) = Self.condition(stream)
            for table in Self.ownTables where try database.tableExists(table) {
                try database.execute(sql: "DELETE FROM \(table) WHERE \(condition)", arguments: arguments)
            }
            if records, stream.filter == nil { try Got.forget(stream.resource, in: database) }
            if records, belongings.records > 0 {
                let now = Instant(microseconds: Clock.microseconds)
                try Changes.note(.everybody, of: stream.resource, at: now, in: database)
            }
            return belongings
        }
    }

    /// The replica's own tables with rows of a stream.
    private static let ownTables = ["welkin_streams", "welkin_runs", "welkin_quarantine", "welkin_instants"]

    private static func condition(_ stream: StreamID) -> (sql: String, StatementArguments) {
        stream.filter == nil
            ? ("resource = ?", [stream.resource])
            : ("resource = ? AND filter = ?", [stream.resource, stream.filterText])
    }

    private static func belongings(of stream: StreamID, in database: Database) throws -> Belongings {
        let (condition, arguments) = condition(stream)
        let streams = try Int.fetchOne(
            database,
            sql: """
                SELECT count(*) FROM (SELECT resource, filter FROM welkin_streams WHERE \(condition)
                UNION SELECT resource, filter FROM welkin_runs WHERE \(condition))
                """, arguments: arguments + arguments)
        let quarantined = try Int.fetchOne(
            database, sql: "SELECT count(*) FROM welkin_quarantine WHERE \(condition)", arguments: arguments)
        var records: Int?
        if canHold(stream.resource), try database.tableExists(stream.resource) {
            let (filter, arguments) = rowFilter(of: stream)
            records = try Int.fetchOne(
                database, sql: #"SELECT count(*) FROM "\#(stream.resource)" WHERE \#(filter)"#, arguments: arguments)
        }
        return Belongings(streams: streams ?? 0, records: records ?? 0, quarantined: quarantined ?? 0)
    }
}
