package import Records

/// The readable parts of a certificate.
package struct ShownCertificate: Hashable, Sendable {
    package let validFrom: Instant
    package let validUntil: Instant
    /// Whether its key may sign a handshake; every handshake of today's browsers needs that. OpenSSL does not check it.
    package let signsHandshakes: Bool

    /// - Parameter lines: libcurl's, each `NAME:VALUE`. The result is nil if they hold no dates.
    package init?(_ lines: [String]) {
        func value(_ name: String) -> Substring? {
            lines.first { $0.hasPrefix("\(name):") }.map { $0.dropFirst(name.utf8.count + 1) }
        }
        guard let from = value("Start date").flatMap(Self.instant),
            let until = value("Expire date").flatMap(Self.instant)
        else { return nil }
        (validFrom, validUntil) = (from, until)
        // Without a key usage, every use is allowed (RFC 5280, section 4.2.1.3).
        signsHandshakes = value("X509v3 Key Usage")?.contains("Digital Signature") ?? true
    }

    /// - Parameter text: `Nov  9 17:00:46 2026 GMT`: a date in asctime's form without the day of the week.
    private static func instant(_ text: Substring) -> Instant? {
        text.hasSuffix(" GMT") ? HTTPDate.parse("Day \(text)") : nil
    }
}
