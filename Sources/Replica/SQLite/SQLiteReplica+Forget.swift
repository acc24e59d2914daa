import Records
import GRDB
import Synchronization

/// What the replica knows, or knew, of a resource.
package struct Belongings: Hashable, Sendable {
    /// Streams, one for each value of a filter.
    package let streams: Int
    /// Records, also those that are marked as deleted.
    package let records: Int
    /// What is quarantined.
    package let quarantined: Int

    /// Nothing at all.
    package var isEmpty: Bool { streams == 0 && records == 0 && quarantined == 0 }
}

extension SQLiteReplica {
    /// Whether a resource can have a table of this name: not one that the replica or its database has for itself.
    package static func canHold(_ resource: String) -> Bool { (try? TableLayout.check(name: resource)) != nil }

    /// What there is of a resource; of one value of its filter where the stream has one.
    package func belongings(of stream: StreamID) async throws(ReplicaError) -> Belongings {
        try await perform { database in try Self.belongings(of: stream, in: database) }
    }

    /// Forgets how far a resource was pulled, how its runs ended and what was quarantined; with its records when they
    /// are to go, too. Of a stream with a filter, what that stream has brought.
    ///
    /// - Returns: what there was.
    @discardableResult
    package func forget(_ stream: StreamID, records: Bool) async throws(ReplicaError) -> Belongings {
        tables.withLock { $0 = $0.filter { $0.key.name != stream.resource } }
        // What goes is health data: its bytes are not left in the file.
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
            return belongings
        }
    }

    /// Those that have rows of a stream.
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
