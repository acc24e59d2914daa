import FoundationEssentials

/// The encoding of a token's segments: the valid one, and three invalid ones.
package enum SegmentEncoding: String, Sendable, CaseIterable {
    /// base64url without padding (RFC 7515, section 2).
    case canonical
    /// base64url with `=` padding, if the length requires it.
    case padded
    /// `+` and `/` in place of `-` and `_`. Differs only if the bytes need one of them.
    case standard
    /// The unused bits of the last character are set. A lax decoder reads the same bytes, so that many texts
    /// are one token.
    case trailingBits = "trailing-bits"

    /// The bytes in this encoding.
    package func encode(_ bytes: [UInt8]) -> String {
        let padded = Data(bytes).base64EncodedString()
        if self == .standard { return padded.filter { $0 != "=" } }
        let url = String(padded.map { $0 == "+" ? "-" : $0 == "/" ? "_" : $0 })
        if self == .padded { return url }
        let canonical = url.filter { $0 != "=" }
        guard self == .trailingBits else { return canonical }
        return Self.settingTrailingBit(canonical)
    }

    /// A length of 2 modulo 4 leaves four bits unused and one of 3 leaves two, all zero in canonical
    /// text; the lowest of them is set here by taking the alphabet's next character.
    private static func settingTrailingBit(_ canonical: String) -> String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
        guard canonical.count % 4 > 1, let last = canonical.last,
            let index = alphabet.firstIndex(of: last)
        else { return canonical }
        return canonical.dropLast() + String(alphabet[index | 1])
    }
}
