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

    /// - Parameter text: `Nov  9 17:00:46 2026 GMT`
    private static func instant(_ text: Substring) -> Instant? {
        let parts = text.split(separator: " ")
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        guard parts.count == 5, parts[4] == "GMT", let month = months.firstIndex(of: String(parts[0])) else {
            return nil
        }
        func padded(_ number: some StringProtocol) -> String { (number.count < 2 ? "0" : "") + number }
        return Instant("\(parts[3])-\(padded("\(month + 1)"))-\(padded(parts[1]))T\(parts[2])Z")
    }
}
