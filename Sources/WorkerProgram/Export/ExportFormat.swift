package import Replica
import StrictJSON

/// How `export` writes records.
package enum ExportFormat: String, CaseIterable, Sendable {
    /// RFC 4180: a header, then one row per record, with the table's columns. A missing value is empty,
    /// an empty text is `""`.
    case csv
    /// Each record as Welkin sent it, on one line; half a surrogate pair becomes U+FFFD, because readers reject it.
    case ndjson

    /// The columns of a table to write.
    package func columns(of table: [Column]) -> [String] {
        self == .csv ? table.map(\.name).filter { $0 != "record" } : []
    }

    /// The bytes before the records.
    package func header(_ columns: [String]) -> [UInt8] {
        self == .csv ? Array((columns.joined(separator: ",") + "\r\n").utf8) : []
    }

    /// Appends one record.
    package func append(_ row: StoredRow, to bytes: inout [UInt8]) {
        switch self {
        case .csv:
            for (index, value) in row.values.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                Self.append(value, to: &bytes)
            }
            bytes += [0x0D, 0x0A]
        case .ndjson:
            Self.appendLine(row.bytes, to: &bytes)
            bytes.append(0x0A)
        }
    }

    /// Appends one value of CSV.
    static func append(_ value: ColumnValue, to bytes: inout [UInt8]) {
        switch value {
        case .null: return
        case .integer(let number): bytes += Array(String(number).utf8)
        case .text(let text):
            let quote = UInt8(ascii: "\"")
            let needsQuotes =
                text.isEmpty
                || text.utf8.contains { $0 == quote || $0 == UInt8(ascii: ",") || $0 == 0x0A || $0 == 0x0D }
            guard needsQuotes else { return bytes += Array(text.utf8) }
            bytes.append(quote)
            for byte in text.utf8 {
                if byte == quote { bytes.append(quote) }
                bytes.append(byte)
            }
            bytes.append(quote)
        }
    }

    /// Line ends become blanks. They stand only between values: inside a text they are invalid JSON, and are
    /// repaired on arrival.
    private static func appendLine(_ json: [UInt8], to bytes: inout [UInt8]) {
        let json = JSONRepair.withoutLoneSurrogates(json) ?? json
        bytes += json.lazy.map { $0 == 0x0A || $0 == 0x0D ? 0x20 : $0 }
    }
}
