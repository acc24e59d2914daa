public import DataAPI

/// A record as the replica holds it.
public struct StoredRecord: Hashable, Sendable {
    /// Its id, as text.
    public let id: String
    /// As received, byte for byte.
    public let bytes: [UInt8]
    /// By which its versions are ordered; nil where it carries none.
    public let cursor: Instant?
    /// When these bytes were first received.
    public let fetchedAt: Instant
    /// When it was found to be gone from Welkin; nil while it is there.
    public let deletedAt: Instant?
}

/// Which version of a record is here, without the record.
public struct StoredVersion: Hashable, Sendable {
    /// Its id, as text.
    public let id: String
    /// By which its versions are ordered; nil where it carries none.
    public let cursor: Instant?
    /// Of its bytes as received.
    public let digest: RecordDigest
}

/// A record for an export: its bytes, and the columns that were asked for, in their order.
public struct StoredRow: Hashable, Sendable {
    /// Its id, as text.
    public let id: String
    /// As received, byte for byte.
    public let bytes: [UInt8]
    /// The columns that were asked for.
    public let values: [ColumnValue]
}

/// One value of a column.
public enum ColumnValue: Hashable, Sendable {
    case null
    case integer(Int64)
    case text(String)
}

/// Bytes in which no record could be found, or none with an id.
public struct QuarantinedRecord: Hashable, Sendable {
    /// Rises with time.
    public let number: Int64
    /// The stream that brought it.
    public let stream: StreamID
    /// As received, byte for byte.
    public let bytes: [UInt8]
    /// Why it has no place in a table.
    public let reason: QuarantineReason
    /// When the stream brought these bytes for the first time.
    public let receivedAt: Instant
}

/// Why a record is kept aside.
public enum QuarantineReason: String, Hashable, Sendable, CaseIterable {
    /// It is no JSON object.
    case unreadable
    /// It has no `id`, or one that names nothing (null, empty, true, false).
    case noID = "no_id"
    /// Its `id` is longer than any index takes.
    case idTooLong = "id_too_long"
    /// It holds raw control characters or broken UTF-8, which no JSON has. A repaired copy is in the table.
    case notJSON = "not_json"
    /// It is larger than any answer may be. Its members are kept but for the longest.
    case tooLarge = "too_large"
}

/// How a record that Welkin has differs from what is here.
public struct Difference: Hashable, Sendable {
    /// The kinds of difference.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// It is not here.
        case missing
        /// An older version is here.
        case stale
        /// A newer version is here.
        case newer
        /// As old, or without a date, and other bytes are here.
        case different
        /// Here it is marked as deleted.
        case deleted
    }

    /// Its id, as text.
    public let id: String
    /// What differs.
    public let kind: Kind

    /// A difference in the record with this id.
    public init(id: String, kind: Kind) {
        self.id = id
        self.kind = kind
    }
}
