package import Records
import Foundation
import GRDB

extension SQLiteReplica {
    package func columns(of resource: String) async throws(ReplicaError) -> [Column] {
        try TableLayout.check(name: resource)
        return try await perform { database in
            guard try database.tableExists(resource) else { return [] }
            return try Self.columns(of: resource, in: database)
        }
    }

    package func record(_ id: String, of resource: String) async throws(ReplicaError) -> StoredRecord? {
        try TableLayout.check(name: resource)
        return try await perform { database in
            guard try database.tableExists(resource) else { return nil }
            let row = try Row.fetchOne(
                database,
                sql: """
                    SELECT "id", CAST("record" AS BLOB) AS "record", "cursor_us", "fetched_at", "deleted_at"
                    FROM "\(resource)" WHERE "id" = ?
                    """, arguments: [id])
            return row.map(StoredRecord.init(row:))
        }
    }

    package func rows(
        of resource: String, columns: [String], after id: String?, limit: Int
    ) async throws(ReplicaError) -> [StoredRow] {
        try TableLayout.check(name: resource)
        return try await perform { database in
            guard try database.tableExists(resource) else { return [] }
            let present = try Self.columns(of: resource, in: database).map(\.name)
            if let unknown = columns.first(where: { !present.contains($0) }) {
                throw ReplicaError.invalidName(unknown)
            }
            let selected = [#""id""#, #"CAST("record" AS BLOB)"#] + columns.map { "\"\($0)\"" }
            let cursor = try Row.fetchCursor(
                database,
                sql: """
                    SELECT \(selected.joined(separator: ", ")) FROM "\(resource)"
                    WHERE "id" > ? AND "deleted_at" IS NULL ORDER BY "id" LIMIT ?
                    """, arguments: [id ?? "", limit])
            return try Array(
                cursor.map { row in
                    StoredRow(
                        id: row[0], bytes: [UInt8](row[1] as Data),
                        values: (2..<selected.count).map { ColumnValue(row[$0] as DatabaseValue) })
                })
        }
    }

    package func versions(
        of stream: StreamID, after id: String?, limit: Int
    ) async throws(ReplicaError) -> [StoredVersion] {
        try TableLayout.check(name: stream.resource)
        return try await perform { database in
            try Self.versions(of: stream, after: id, limit: limit, in: database)
        }
    }

    /// Live rows of a stream; `condition` restricts them further.
    static func versions(
        of stream: StreamID, after id: String?, limit: Int, condition: String = "TRUE", in database: Database
    ) throws -> [StoredVersion] {
        guard try database.tableExists(stream.resource) else { return [] }
        let (filter, arguments) = rowFilter(of: stream)
        let cursor = try Row.fetchCursor(
            database,
            sql: """
                SELECT "id", "cursor_us", CAST("record" AS BLOB) FROM "\(stream.resource)"
                WHERE "id" > ? AND "deleted_at" IS NULL AND \(filter) AND \(condition) ORDER BY "id" LIMIT ?
                """, arguments: [id ?? ""] + arguments + [limit])
        return try Array(
            cursor.map { row in
                try row.withUnsafeData(atIndex: 2) { record in
                    StoredVersion(id: row[0], cursor: Instant(row[1]), digest: RecordDigest(of: record ?? Data()))
                }
            })
    }

    /// The condition for a table's rows that a stream has brought.
    static func rowFilter(of stream: StreamID) -> (sql: String, StatementArguments) {
        stream.filter == nil ? ("TRUE", []) : (#""stream" = ?"#, [stream.filterText])
    }

    /// The table's columns; those that the catalogue does not know are text.
    private static func columns(of resource: String, in database: Database) throws -> [Column] {
        let known = try (Catalogue.resource(named: resource).map { try TableLayout($0).columns }) ?? TableLayout.own
        return try database.columns(in: resource).map { column in
            known.first { $0.name == column.name } ?? Column(name: column.name, kind: .text)
        }
    }

    package func ids(
        of resource: String, after id: String?, cursorBefore: Instant?, limit: Int
    ) async throws(ReplicaError) -> [String] {
        try await texts(
            of: "id", in: resource, after: id, limit: limit,
            condition: cursorBefore == nil ? "? IS NULL" : #"("cursor_us" IS NULL OR "cursor_us" < ?)"#,
            [cursorBefore?.microseconds])
    }

    package func values(
        of column: String, in resource: String, after value: String?, limit: Int
    ) async throws(ReplicaError) -> [String] {
        try await texts(of: column, in: resource, after: value, limit: limit, condition: "TRUE", [])
    }

    private func texts(
        of column: String, in resource: String, after text: String?, limit: Int, condition: String,
        _ arguments: StatementArguments
    ) async throws(ReplicaError) -> [String] {
        try TableLayout.check(name: resource)
        return try await perform { database in
            guard try database.tableExists(resource),
                try Self.columns(of: resource, in: database).contains(where: { $0.name == column })
            else { return [] }
            return try String.fetchAll(
                database,
                sql: """
                    SELECT DISTINCT "\(column)" FROM "\(resource)" WHERE "\(column)" > ? AND \(condition)
                    ORDER BY "\(column)" LIMIT ?
                    """, arguments: [text ?? ""] + arguments + [limit])
        }
    }

    package func lacks(_ column: String, of other: String, in resource: String) async throws(ReplicaError) -> Bool {
        try TableLayout.check(name: resource)
        try TableLayout.check(name: other)
        return try await perform { database in
            guard try database.tableExists(resource), try database.tableExists(other),
                try Self.columns(of: resource, in: database).contains(where: { $0.name == column })
            else { return true }
            let sql = """
                SELECT EXISTS (SELECT 1 FROM "\(resource)" AS mine WHERE "deleted_at" IS NULL AND (
                    "\(column)" IS NULL OR NOT EXISTS (SELECT 1 FROM "\(other)" WHERE "id" = mine."\(column)")))
                """
            return try Bool.fetchOne(database, sql: sql) ?? true
        }
    }

    package func quarantined(
        of stream: StreamID?, after number: Int64?, limit: Int
    ) async throws(ReplicaError) -> [QuarantinedRecord] {
        try await perform { database in
            let cursor = try Row.fetchCursor(
                database,
                sql: """
                    SELECT number, resource, filter, bytes, reason, received_at FROM welkin_quarantine
                    WHERE number > ? AND (? IS NULL OR resource = ? AND filter = ?) ORDER BY number LIMIT ?
                    """,
                arguments: [number ?? 0, stream?.resource, stream?.resource, stream?.filterText, limit])
            return try Array(cursor.map(QuarantinedRecord.init(row:)))
        }
    }
}

extension StoredRecord {
    init(row: Row) {
        self.init(
            id: row["id"], bytes: [UInt8](row["record"] as Data), cursor: Instant(row["cursor_us"]),
            fetchedAt: Instant(row["fetched_at"] as String) ?? Instant(microseconds: 0),
            deletedAt: (row["deleted_at"] as String?).flatMap { Instant($0) })
    }
}

extension QuarantinedRecord {
    init(row: Row) {
        self.init(
            number: row["number"], stream: StreamID(resource: row["resource"], filterText: row["filter"]),
            bytes: [UInt8](row["bytes"] as Data),
            reason: QuarantineReason(rawValue: row["reason"]) ?? .unreadable,
            receivedAt: Instant(row["received_at"] as String) ?? Instant(microseconds: 0))
    }
}

extension ColumnValue {
    init(_ value: DatabaseValue) {
        switch value.storage {
        case .null: self = .null
        case .int64(let integer): self = .integer(integer)
        // The replica never writes one; another program must have.
        case .double(let double): self = .text("\(double)")
        case .string(let text): self = .text(text)
        case .blob(let data): self = .text(String(decoding: data, as: UTF8.self))
        }
    }
}
