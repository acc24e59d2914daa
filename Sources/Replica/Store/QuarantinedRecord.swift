package import Records

/// Bytes in which no record, or none with an id, could be found.
package struct QuarantinedRecord: Hashable, Sendable {
    /// Increases with time.
    package let number: Int64
    /// The stream that brought it.
    package let stream: StreamID
    /// As received, byte for byte.
    package let bytes: [UInt8]
    /// Why no table can hold it.
    package let reason: QuarantineReason
    /// When the stream first brought these bytes.
    package let receivedAt: Instant
}

/// Why a record is quarantined.
package enum QuarantineReason: String, Hashable, Sendable, CaseIterable {
    /// It is not a JSON object.
    case unreadable
    /// It has no `id`, or one that identifies nothing (null, empty, true, false).
    case noID = "no_id"
    /// Its `id` is too long for an index.
    case idTooLong = "id_too_long"
    /// It has raw control characters or broken UTF-8, which JSON forbids. A repaired copy is in the table.
    case notJSON = "not_json"
    /// It is larger than an answer may be. Its members are kept, except for the longest.
    case tooLarge = "too_large"
}
