import StrictJSON

/// One element of an answer's `data`.
public enum PageItem: Sendable {
    case record(Record)
    /// Not JSON as others read it, for raw control characters or broken UTF-8: the repaired record, and the
    /// bytes as received.
    case repaired(Record, original: ArraySlice<UInt8>)
    /// Not JSON, or not an object; to be quarantined with its bytes.
    case unreadable(ArraySlice<UInt8>)
    /// A record that is larger than any answer may be: an object of its members but for the longest.
    case oversized(outline: [UInt8])

    /// A record as it can be kept: as it is, or repaired.
    public init(_ record: Record) {
        guard !record.json.document.isWellFormed, let repaired = JSONRepair.repaired(record.bytes),
            let copy = Record(parsing: repaired)
        else {
            self = .record(record)
            return
        }
        self = .repaired(copy, original: record.bytes)
    }

    /// What there is of a record; nil where it cannot be read.
    public var record: Record? {
        switch self {
        case .record(let record), .repaired(let record, _): record
        case .unreadable, .oversized: nil
        }
    }
}
