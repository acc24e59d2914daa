package import Records
import StrictJSON

/// The id of a record, and the instant that orders its versions.
struct RecordIdentity {
    /// In UTF-8.
    let id: [UInt8]
    let cursor: Instant?

    /// Longer ids cannot be keys in every database.
    static let maximumLength = 512

    /// The id as text.
    var text: String { String(decoding: id, as: UTF8.self) }

    /// Reads both, or throws the reason to quarantine the record.
    ///
    /// An id that is an object or a list (Welkin's reference types that of audit logs as JSON) cannot be a key.
    /// The record gets our own key, `json:` and a digest of that id, whatever its spacing and order. Because of
    /// the colon, it is never an id that could be requested from Welkin.
    init(_ record: Record, cursorField: String?) throws(QuarantineReason) {
        guard let value = record.json["id"] else { throw QuarantineReason.noID }
        switch value.kind {
        case .string, .number: id = Self.bytes(ColumnContent(value, for: .text))
        case .object, .array: id = value.isEmptyContainer ? [] : Self.made(of: value)
        case .bool, .null: id = []
        }
        guard !id.isEmpty else { throw QuarantineReason.noID }
        guard id.count <= Self.maximumLength else { throw QuarantineReason.idTooLong }
        cursor = cursorField.flatMap { record[$0]?.instant }
    }

    private static func made(of value: JSONValue) -> [UInt8] {
        Array("json:\(RecordDigest(of: CanonicalJSON.bytes(of: value)).text)".utf8)
    }

    /// The id if it can be a key; nil if it is too long.
    static func key(_ id: String) -> String? { id.utf8.count <= maximumLength ? id : nil }

    private static func bytes(_ content: ColumnContent) -> [UInt8] {
        switch content {
        case .slice(let text): Array(text)
        case .made(let text): text
        case .null, .integer: []
        }
    }
}

extension QuarantineReason: Error {}

extension Record {
    /// The id under which the replica holds it; nil if it cannot hold the record.
    package var replicaID: String? { (try? RecordIdentity(self, cursorField: nil))?.text }
}
