package import Records

/// Bytes in which no record could be found, or none with an id.
package struct QuarantinedRecord: Hashable, Sendable {
    /// Rises with time.
    package let number: Int64
    /// The stream that brought it.
    package let stream: StreamID
    /// As received, byte for byte.
    package let bytes: [UInt8]
    /// Why it has no place in a table.
    package let reason: QuarantineReason
    /// When the stream brought these bytes for the first time.
    package let receivedAt: Instant
}

/// Why a record is quarantined.
package enum QuarantineReason: String, Hashable, Sendable, CaseIterable {
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
