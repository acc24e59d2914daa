package import DataAPI

/// What `schema` prints.
package enum SchemaText {
    /// All resources: name, cursor, scope, required filter.
    package static var resources: String {
        table(
            [["RESOURCE", "ORDERED BY", "SCOPE", "REQUIRED FILTER"]]
                + Catalogue.resources.map {
                    [$0.name, $0.cursorField ?? "-", $0.readScope, $0.requiredFilters.joined(separator: " ")]
                })
    }

    /// A resource's fields: name, type, and the values that the reference mentions.
    package static func fields(of resource: Resource) -> String {
        table(
            [["FIELD", "TYPE", "VALUES"]]
                + resource.fields.map { [$0.name, $0.type.rawValue, $0.values.joined(separator: " ")] })
    }

    /// Columns side by side, two blanks between them.
    static func table(_ rows: [[String]], rightAligned: ClosedRange<Int>? = nil) -> String {
        let widths = (rows.first ?? []).indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            var line = row.indices.map { column in
                let isRight = rightAligned?.contains(column) ?? false
                return ProgressLine.padded(row[column], to: isRight ? -widths[column] : widths[column])
            }.joined(separator: "  ")
            while line.last == " " { line.removeLast() }
            return line + "\n"
        }.joined()
    }
}
