import FoundationEssentials

/// A PEM file with authorities to trust.
package enum Authorities {
    /// Why it is of no use; nil when it is. Does not name it.
    package static func problem(withFile path: String) -> String? {
        guard let bytes = try? Data(contentsOf: URL(fileURLWithPath: path)) else { return "its file cannot be read" }
        let text = String(decoding: bytes, as: UTF8.self)
        let blocks = text.split(separator: "-----BEGIN CERTIFICATE-----", omittingEmptySubsequences: false).dropFirst()
        guard !blocks.isEmpty else { return "there is no certificate in its file" }
        return blocks.allSatisfy(isCertificate)
            ? nil : "its file holds something else than certificates in PEM"
    }

    /// Whether base64 and the end stand there. What it means is looked at with the first certificate.
    private static func isCertificate(_ block: Substring) -> Bool {
        guard let end = block.firstRange(of: "-----END CERTIFICATE-----") else { return false }
        let base64 = block[..<end.lowerBound].filter { !$0.isWhitespace }
        return Data(base64Encoded: base64)?.isEmpty == false
    }
}
