import StrictJSON

/// One element of an answer's `data`.
public enum PageItem: Sendable {
    case record(Record)
    /// Invalid JSON, because of raw control characters or broken UTF-8: the repaired record, and the bytes as
    /// received.
    case repaired(Record, original: ArraySlice<UInt8>)
    /// Not JSON, or not an object; it must be quarantined with its bytes.
    case unreadable(ArraySlice<UInt8>)
    /// A record that is larger than an answer may be: an object of its members, without the longest.
    case oversized(outline: [UInt8])

    /// A record in the form to keep: as it is, or repaired.
    public init(_ record: Record) {
        guard !record.json.document.isWellFormed, let repaired = JSONRepair.repaired(record.bytes),
            let copy = Record(parsing: repaired)
        else {
            self = .record(record)
            return
        }
        self = .repaired(copy, original: record.bytes)
    }

    /// The record; nil if it cannot be read.
    public var record: Record? {
        switch self {
        case .record(let record), .repaired(let record, _): record
        case .unreadable, .oversized: nil
        }
    }
}
