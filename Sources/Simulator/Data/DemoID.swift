import FoundationEssentials

/// Ids of made-up records, the same in every run.
enum DemoID {
    /// A GUID by the hash of its parts (RFC 9562, section 5.8: version 8).
    static func guid(_ parts: String...) -> String {
        var b = SHA2.sha256.hash(Array(parts.joined(separator: "\n").utf8))
        b[6] = b[6] & 0x0F | 0x80
        b[8] = b[8] & 0x3F | 0x80
        let uuid = UUID(
            uuid: (
                b[0], b[1], b[2], b[3], b[4], b[5], b[6], b[7],
                b[8], b[9], b[10], b[11], b[12], b[13], b[14], b[15]
            ))
        return uuid.uuidString.lowercased()
    }
}
