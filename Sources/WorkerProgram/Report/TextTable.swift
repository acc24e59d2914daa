/// A table of text columns, for people.
enum TextTable {
    /// One line per row, with two blanks between columns.
    static func text(_ rows: [[String]], rightAligned: ClosedRange<Int>? = nil) -> String {
        lines(rows, rightAligned: rightAligned).map { $0 + "\n" }.joined()
    }

    /// The same as lines without line ends.
    static func lines(_ rows: [[String]], rightAligned: ClosedRange<Int>? = nil) -> [String] {
        let widths = widths(rows)
        return rows.map { row in
            var line = row.indices.map { column in
                let isRight = rightAligned?.contains(column) ?? false
                return Words.padded(row[column], to: isRight ? -widths[column] : widths[column])
            }.joined(separator: "  ")
            while line.last == " " { line.removeLast() }
            return line
        }
    }

    /// The width of each column.
    static func widths(_ rows: [[String]]) -> [Int] {
        (rows.first ?? []).indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    }
}
