package import Records

/// A column of a resource's table.
package struct Column: Hashable, Sendable {
    /// Its name in SQL.
    package let name: String
    /// The kind of its values.
    package let kind: ColumnKind
}

/// The kind of a column's values. A value that does not fit its column is kept as text.
package enum ColumnKind: String, Hashable, Sendable, CaseIterable {
    /// Characters. U+0000, which not every database can hold, becomes U+FFFD.
    case text
    case integer
    /// 0 or 1; also from `"true"` and `"false"`.
    case boolean
    /// A date-time as `2026-01-02T03:04:05.678901+00:00`, however it was written: text that sorts by
    /// time.
    case instant
    /// A list or an object, as JSON text.
    case json
    /// Microseconds since 1970.
    case microseconds
}

/// The layout of a resource's table, whether it exists yet or not.
package enum ReplicaSchema {
    /// The columns, in the table's order.
    ///
    /// - Throws: ``ReplicaError/invalidName(_:)`` for a resource that cannot have a table.
    package static func columns(of resource: Resource) throws(ReplicaError) -> [Column] {
        try TableLayout(resource).columns
    }

    /// The SQL that creates the table and its indexes in SQLite.
    ///
    /// - Throws: ``ReplicaError/invalidName(_:)`` for a resource that cannot have a table.
    package static func sqlite(of resource: Resource) throws(ReplicaError) -> [String] {
        let layout = try TableLayout(resource)
        return layout.createSQL + layout.indexSQL
    }
}
