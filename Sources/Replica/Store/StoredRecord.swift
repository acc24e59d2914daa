package import Records

/// A record as the replica holds it.
package struct StoredRecord: Hashable, Sendable {
    /// Its id, as text.
    package let id: String
    /// As received, byte for byte.
    package let bytes: [UInt8]
    /// The instant that orders its versions; nil if it has none.
    package let cursor: Instant?
    /// When these bytes were first received.
    package let fetchedAt: Instant
    /// When it was found to be gone from Welkin; nil while Welkin has it.
    package let deletedAt: Instant?
}

/// The version of a record that is here, without the record.
package struct StoredVersion: Hashable, Sendable {
    /// Its id, as text.
    package let id: String
    /// The instant that orders its versions; nil if it has none.
    package let cursor: Instant?
    /// The digest of its bytes as received.
    package let digest: RecordDigest
}

/// A record for an export: its bytes, and the requested columns, in order.
package struct StoredRow: Hashable, Sendable {
    /// Its id, as text.
    package let id: String
    /// As received, byte for byte.
    package let bytes: [UInt8]
    /// The requested columns.
    package let values: [ColumnValue]
}

/// One value of a column.
package enum ColumnValue: Hashable, Sendable {
    case null
    case integer(Int64)
    case text(String)
}
