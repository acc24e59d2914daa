import FoundationEssentials

/// A PEM file with authorities to trust.
package enum Authorities {
    /// Why the file is unusable, without its name; nil if it is usable.
    package static func problem(withFile path: String) -> String? {
        guard let bytes = try? Data(contentsOf: URL(fileURLWithPath: path)) else { return "its file cannot be read" }
        let text = String(decoding: bytes, as: UTF8.self)
        let blocks = text.split(separator: "-----BEGIN CERTIFICATE-----", omittingEmptySubsequences: false).dropFirst()
        guard !blocks.isEmpty else { return "its file holds no certificate" }
        return blocks.allSatisfy(isCertificate)
            ? nil : "its file holds more than PEM certificates"
    }

    /// Whether the block has base64 and an end. Its content is checked with the first certificate that the App shows.
    private static func isCertificate(_ block: Substring) -> Bool {
        guard let end = block.firstRange(of: "-----END CERTIFICATE-----") else { return false }
        let base64 = block[..<end.lowerBound].filter { !$0.isWhitespace }
        return Data(base64Encoded: base64)?.isEmpty == false
    }
}
