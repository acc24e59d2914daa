package import Records

/// What a resource's table is like, whether it is there yet or not.
package enum ReplicaSchema {
    /// In the table's order.
    ///
    /// - Throws: ``ReplicaError/invalidName(_:)`` for a resource that cannot have a table.
    package static func columns(of resource: Resource) throws(ReplicaError) -> [Column] {
        try TableLayout(resource).columns
    }

    /// The SQL by which SQLite has the table and its indexes.
    ///
    /// - Throws: ``ReplicaError/invalidName(_:)`` for a resource that cannot have a table.
    package static func sqlite(of resource: Resource) throws(ReplicaError) -> [String] {
        let layout = try TableLayout(resource)
        return layout.createSQL + layout.indexSQL
    }
}
