import DataAPI
import Identifiers
package import Journal
import Replica
import StrictJSON

/// How `audit` writes entries.
package enum AuditFormat: String, CaseIterable, Sendable {
    /// RFC 4180, as `export` writes it.
    case csv
    /// One JSON object a line.
    case ndjson

    /// The bytes before the entries.
    package var header: [UInt8] {
        self == .csv ? Array((Self.columns.joined(separator: ",") + "\r\n").utf8) : []
    }

    /// The names of the values, as the journal's columns; times are texts.
    private static let columns = [
        "number", "time", "account", "app", "launch", "worker", "patient", "route", "resource", "record", "records",
        "outcome", "attempts", "last",
    ]

    /// Appends one entry.
    package func append(_ stored: StoredAuditEntry, to bytes: inout [UInt8]) {
        let values = Self.values(stored)
        switch self {
        case .csv:
            for (index, value) in values.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                ExportFormat.append(value, to: &bytes)
            }
            bytes += [0x0D, 0x0A]
        case .ndjson:
            var json = JSONWriter()
            json.object {
                for (name, value) in zip(Self.columns, values) {
                    switch value {
                    case .null: $0.member(name, String?.none)
                    case .integer(let number): $0.member(name, number)
                    case .text(let text): $0.member(name, text)
                    }
                }
            }
            bytes += json.bytes + [0x0A]
        }
    }

    private static func values(_ stored: StoredAuditEntry) -> [ColumnValue] {
        let entry = stored.entry
        let actor: [ColumnValue] =
            switch entry.actor {
            case .account(let name): [.text(name), .null, .null, .null]
            case .session(let app, let launch, let worker):
                [.null, .text(app.text), .text(launch), .text(worker.text)]
            }
        func text(_ value: String?) -> ColumnValue { value.map { .text($0) } ?? .null }
        return [.integer(stored.number), .text(entry.time.description)] + actor + [
            text(entry.patient?.text), .text(entry.route), text(entry.resource), text(entry.record),
            entry.count.map { .integer(Int64($0)) } ?? .null, .text(entry.outcome.rawValue),
            .integer(Int64(stored.attempts)), text(stored.last?.description),
        ]
    }
}
