import NIOCore
import StrictJSON

/// The names in `external_ids`: resource, namespace and external id, unique together.
struct ExternalNames: Sendable {
    private var owners: [[String]: GUID] = [:]

    /// Reads all names.
    init(_ table: Table) {
        for position in 0..<table.count {
            let ordinal = table.ordinal(at: position)
            owners[Self.name(of: table.bytes(ordinal))] = table.id(ordinal)
        }
    }

    /// Gives a name to a record; false if another record has it.
    mutating func take(_ name: [String], for id: GUID) -> Bool {
        if let owner = owners[name] { return owner == id }
        owners[name] = id
        return true
    }

    mutating func free(_ name: [String]) { owners[name] = nil }

    static func name(of record: ByteBuffer) -> [String] {
        let bytes = Array(record.readableBytesView)
        let root = try? JSONDocument(parsing: bytes, mode: .tolerant).root
        return ["resource", "namespace", "external_id"].map { root?[$0]?.string ?? "" }
    }
}
