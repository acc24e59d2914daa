internal import DataAPI
internal import StrictJSON

/// What names a record, and what orders its versions.
struct RecordIdentity {
    /// In UTF-8.
    let id: [UInt8]
    let cursor: Instant?

    /// Longer ones cannot be keys in every database.
    static let maximumLength = 512

    /// Reads them, or tells why the record has to be kept aside.
    init(_ record: Record, cursorField: String?) throws(QuarantineReason) {
        guard let value = record.json["id"], value.kind == .string || value.kind == .number else {
            throw QuarantineReason.noID
        }
        switch ColumnContent(value, for: .text) {
        case .slice(let text): id = Array(text)
        case .made(let text): id = text
        case .null, .integer: id = []
        }
        guard !id.isEmpty else { throw QuarantineReason.noID }
        guard id.count <= Self.maximumLength else { throw QuarantineReason.idTooLong }
        cursor = cursorField.flatMap { record[$0]?.instant }
    }
}

extension QuarantineReason: Error {}
