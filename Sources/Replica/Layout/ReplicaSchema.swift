package import Records

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
