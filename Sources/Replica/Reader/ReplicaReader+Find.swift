package import Records

extension ReplicaReader {
    /// The next live records with these values of fields, in order; fewer than `limit` at the end. Ids that are GUIDs
    /// are found in any case.
    ///
    /// Before the resource was pulled completely for the first time, only those are found by fields that were got by
    /// their ids (``ReplicaStore/put(_:of:askedAt:receivedAt:)``): ``freshness(of:)`` is nil until then.
    ///
    /// The cost grows with `limit` for the newest of a patient or a conversation and for a calendar's times, otherwise
    /// with the number of records that have the values.
    ///
    /// - Parameters:
    ///   - values: at least one of the fields has an index (``canFind(_:by:order:)``), unless all records are wanted in
    ///     the order of ids.
    ///   - key: continues behind this place; nil: from the beginning.
    /// - Throws: ``ReplicaError/invalidName(_:)`` if no index can answer it.
    package func records(
        of resource: Resource, where values: [(field: String, value: String)], order: RecordOrder,
        after key: RecordKey? = nil, limit: Int
    ) throws(ReplicaError) -> [FoundRecord] {
        let query = FindQuery(resource: resource.name, fields: values.map(\.field), order: .init(order))
        let statement: FindStatement?
        if let known = finds[query] {
            statement = known
        } else {
            statement = try prepare(query, resource)
            finds[query] = .some(statement)
        }
        guard let statement, limit > 0 else { return [] }
        return try perform { try statement.run(values.map(\.value), order, after: key, limit: limit) }
    }

    /// Nil if there is no table.
    private func prepare(_ query: FindQuery, _ resource: Resource) throws(ReplicaError) -> FindStatement? {
        let layout = try TableLayout(resource)
        guard layout.canCompare(query.fields), let plan = FindPlan(query, layout, indexes: layout.indexes) else {
            throw ReplicaError.invalidName(query.fields.joined(separator: ","))
        }
        return try perform {
            guard try hasTable(layout.name), try hasColumns(query.fields, of: layout.name) else { return nil }
            let isIndexed = try plan.index.map { try hasIndex($0.name) } ?? true
            return try FindStatement(
                query, isIndexed ? plan : plan.beforeIndexes(), layout, guids: resource.guids, connection)
        }
    }

    private func hasIndex(_ name: String) throws -> Bool {
        let statement = try PreparedStatement(
            connection, sql: "SELECT 1 FROM sqlite_master WHERE type = 'index' AND name = ?1")
        defer { statement.reset() }
        try statement.bind(name, at: 1)
        return try statement.step()
    }

    private func hasColumns(_ names: [String], of table: String) throws -> Bool {
        let statement = try PreparedStatement(connection, sql: "SELECT name FROM pragma_table_info(?1)")
        defer { statement.reset() }
        try statement.bind(table, at: 1)
        var missing = Set(names)
        while try statement.step() { missing.remove(statement.text(0) ?? "") }
        return missing.isEmpty
    }
}
