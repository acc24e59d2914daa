import DataAPI
package import Replica
import StrictJSON

/// One quarantined record, for an operator.
package struct QuarantineLine: Sendable {
    private let record: QuarantinedRecord

    package init(_ record: QuarantinedRecord) { self.record = record }

    /// The columns' names.
    package static let head = line("RECEIVED", "BYTES", "REASON", "RESOURCE")

    /// Holds none of the record's content.
    package var text: String {
        let received = record.receivedAt.toTheSecond
        return Self.line(received, "\(record.bytes.count)", record.reason.rawValue, record.stream.description)
    }

    /// The same with the received content, as text.
    package var json: String {
        var json = JSONWriter()
        json.object {
            $0.member("resource", record.stream.resource)
            $0.member("filter", record.stream.filter.map { "\($0.name)=\($0.value)" })
            $0.member("reason", record.reason.rawValue)
            $0.member("received", record.receivedAt.description)
            $0.member("content", String(decoding: record.bytes, as: UTF8.self))
        }
        return String(decoding: json.bytes, as: UTF8.self) + "\n"
    }

    private static func line(_ received: String, _ bytes: String, _ reason: String, _ resource: String) -> String {
        [
            Words.padded(received, to: 20), Words.padded(bytes, to: -8),
            Words.padded(reason, to: 11),
            resource,
        ].joined(separator: "  ") + "\n"
    }
}
