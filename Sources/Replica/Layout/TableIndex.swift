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

    /// The indexes for whoever queries the table. Those on a field that the page asks for order its records by time, so
    /// that the newest few are found without reading the others.
    var indexes: [TableIndex] {
        let byField = indexed.map { isOrdered($0) ? [$0, momentColumn!] : [$0] }
        let columns = (cursorField == nil ? [] : [["cursor_us"]]) + byField + (Self.combined[name] ?? [])
        return columns.map { TableIndex(of: name, on: $0) }
    }

    /// Whether an index orders the records of one value of the field by time. It is twice as large, and a new record
    /// costs an eighth more, so that only fields have it by whose values the page shows the newest.
    private func isOrdered(_ field: String) -> Bool {
        momentColumn != nil && [Self.patientField, "conversation_id"].contains(field)
    }

    /// The columns that any of them has.
    var indexedColumns: Set<String> { Set(indexes.flatMap(\.columns)) }

    /// Indexes of earlier versions, which those of today replace.
    var formerIndexes: [TableIndex] {
        indexed.filter(isOrdered).map { TableIndex(of: name, on: [$0]) }
    }

    /// What the page asks for again and again, where a table grows large: a worker's day, and a patient's newest notes
    /// among all other records of a custom data type.
    private static let combined: [String: [[String]]] = [
        Resource.calendarEvents.name: [["calendar_id", "start_time"], ["calendar_id", "day"]],
        Resource.customDataTypeRecords.name: [["patient_id", "type_name", "created_at"]],
    ]
}
