/// base64url without padding (RFC 4648, section 5; RFC 7515, section 2).
///
/// Our own, because libsodium's decoder (1.0.18) accepts some bytes above ASCII as letters, and its
/// constant time, which tokens do not need, costs a fifth of a launch.
public enum Base64URL {
    private static let coder = Base64Coder("-_")

    /// Without padding.
    public static func encode(_ bytes: [UInt8]) -> [UInt8] { coder.encode(bytes) }

    /// The bytes of canonical base64url; nil for padding, white space, any character outside the
    /// alphabet, and leftover bits that are not zero (two texts must never encode the same
    /// bytes).
    public static func decode(_ text: ArraySlice<UInt8>) -> [UInt8]? { coder.decode(text) }
}

/// Ordinary base64 (RFC 4648, section 4), as operators paste it into settings.
public enum Base64 {
    private static let coder = Base64Coder("+/")

    /// The bytes of base64 with or without padding, in either alphabet; nil when it is invalid.
    public static func decode(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        let padding = text.suffix(2).filter { $0 == UInt8(ascii: "=") }.count
        guard padding == 0 || text.count % 4 == 0 else { return nil }
        let unpadded = text.dropLast(padding)
        return coder.decode(unpadded) ?? Base64URL.decode(unpadded)
    }

    /// With padding.
    public static func encode(_ bytes: [UInt8]) -> [UInt8] {
        let text = coder.encode(bytes)
        return text + [UInt8](repeating: UInt8(ascii: "="), count: (4 - text.count % 4) % 4)
    }
}
