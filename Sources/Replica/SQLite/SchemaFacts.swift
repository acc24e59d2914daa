import StoreFiles
import GRDB
import Identifiers

/// What a database says of itself: whether it is a replica, of which schema, and whose.
struct SchemaFacts {
    private let applicationID: Int64
    private let isEmpty: Bool
    /// The rows of `welkin_meta`.
    private let meta: [String: String]

    /// The replica's own id; empty before step 4.
    var id: String { meta["id"] ?? "" }

    init(_ database: Database) throws {
        applicationID = try Int64.fetchOne(database, sql: Self.applicationSQL) ?? 0
        isEmpty = try Int.fetchOne(database, sql: Self.countSQL) == 0
        guard applicationID == SQLiteSchema.applicationID else {
            meta = [:]
            return
        }
        let rows = try Row.fetchAll(database, sql: Self.metaSQL)
        meta = Dictionary(rows.map { ($0[0], $0[1]) }) { $1 }
    }

    init(_ connection: ReadConnection) throws {
        applicationID = try ReplicaReader.integer(PreparedStatement(connection, sql: Self.applicationSQL)) ?? 0
        isEmpty = try ReplicaReader.integer(PreparedStatement(connection, sql: Self.countSQL)) == 0
        var meta: [String: String] = [:]
        if applicationID == SQLiteSchema.applicationID {
            let statement = try PreparedStatement(connection, sql: Self.metaSQL)
            defer { statement.reset() }
            while try statement.step() { meta[statement.text(0) ?? ""] = statement.text(1) }
        }
        self.meta = meta
    }

    private static let applicationSQL = "PRAGMA application_id"
    private static let countSQL = "SELECT count(*) FROM sqlite_master"
    private static let metaSQL = "SELECT name, value FROM welkin_meta"

    /// The schema's version; zero for an empty file.
    func version(path: String) throws(ReplicaError) -> Int {
        guard applicationID == SQLiteSchema.applicationID else {
            guard applicationID == 0, isEmpty else { throw ReplicaError.notAReplica(path: path) }
            return 0
        }
        guard let version = meta["schema"].flatMap({ Int($0) }), version > 0 else {
            throw ReplicaError.corrupt(path: path)
        }
        guard version <= Migrations.current else {
            throw ReplicaError.newerSchema(found: version, known: Migrations.current)
        }
        return version
    }

    /// Refuses another provider's replica.
    func check(provider: ProviderID) throws(ReplicaError) {
        let bound = meta["provider"] ?? ""
        // Ids are GUIDs, which are case-insensitive (RFC 9562, section 4).
        guard ProviderID(bound) == provider else {
            throw ReplicaError.otherProvider(found: bound, expected: provider.text)
        }
    }

    /// Refuses a replica that cannot be read as it is. A nil provider accepts any.
    func checkReadable(path: String, provider: ProviderID?) throws(ReplicaError) {
        let version = try version(path: path)
        guard version > 0 else { throw ReplicaError.file(.missing(path: path)) }
        if let provider { try check(provider: provider) }
        guard version == Migrations.current else {
            throw ReplicaError.olderSchema(found: version, known: Migrations.current)
        }
    }
}
