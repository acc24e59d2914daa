import Records

/// An index of a resource's table, for whoever queries it.
struct TableIndex: Hashable {
    /// Its name in SQL.
    let name: String
    /// The indexed columns, in order.
    let columns: [String]

    /// An index of a table on columns.
    ///
    /// PostgreSQL cuts names at 63 bytes, and names of tables and columns have up to 40: too long a name would have to
    /// be cut, which no resource of the catalogue needs.
    init(of table: String, on columns: [String]) {
        name = "welkin_ix_\(table)_\(columns.joined(separator: "_"))"
        self.columns = columns
    }
}

extension TableLayout {
    /// The column by which a table's newest records are found; nil if records have no time.
    var momentColumn: String? {
        if fields.contains(where: { $0.name == "created_at" && $0.kind == .instant }) { return "created_at" }
        return cursorField == nil ? nil : "cursor_us"
    }

    /// The indexes for whoever queries the table: on its cursor, and for each of its ``indexed`` fields one that begins
    /// with it.
    var indexes: [TableIndex] {
        let columns = (cursorField == nil ? [] : [["cursor_us"]]) + indexed.flatMap(columns)
        return columns.map { TableIndex(of: name, on: $0) }
    }

    /// The columns of the indexes that begin with a field.
    ///
    /// Those by whose values the page shows the newest order them by time, so that a few are found without reading the
    /// others. Not all do: such an index is twice as large, and makes a new record cost up to a fifth more.
    private func columns(on field: String) -> [[String]] {
        if let combined = Self.combined[name]?.filter({ $0[0] == field }), !combined.isEmpty { return combined }
        guard let momentColumn, [Self.patientField, "conversation_id"].contains(field) else { return [[field]] }
        return [[field, momentColumn]]
    }

    /// The columns that any of them has.
    var indexedColumns: Set<String> { Set(indexes.flatMap(\.columns)) }

    /// Indexes of earlier versions, which those of today replace.
    var formerIndexes: [TableIndex] {
        indexed.filter { columns(on: $0) != [[$0]] }.map { TableIndex(of: name, on: [$0]) }
    }

    /// Indexes for what the page asks for again and again where a table grows large: a worker's day, and a patient's
    /// newest notes among the records of all other custom data types.
    private static let combined: [String: [[String]]] = [
        Resource.calendarEvents.name: [["calendar_id", "start_time"], ["calendar_id", "day"]],
        Resource.customDataTypeRecords.name: [["patient_id", "type_name", "created_at"]],
    ]
}
