/// Columns side by side, for people.
enum TextTable {
    /// Two blanks between columns; each row on a line.
    static func text(_ rows: [[String]], rightAligned: ClosedRange<Int>? = nil) -> String {
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
