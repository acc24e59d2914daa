import NIOSSL

extension CertificateFacts {
    init(_ certificate: NIOSSLCertificate) {
        self.init(
            validFrom: Instant(microseconds: Int64(certificate.notValidBefore) * 1_000_000),
            validUntil: Instant(microseconds: Int64(certificate.notValidAfter) * 1_000_000),
            isSelfIssued: (try? certificate.toDERBytes()).map(Self.namesItself) ?? false)
    }

    /// Whether issuer and subject are the same bytes (RFC 5280, section 4.1). The elements of
    /// `TBSCertificate` are a version in `[0]`, which may be missing, then serial number, algorithm,
    /// issuer, validity and subject.
    static func namesItself(_ certificate: [UInt8]) -> Bool {
        guard let whole = elements(of: certificate[...]).first, let signed = elements(of: whole.content).first else {
            return false
        }
        var parts = elements(of: signed.content)[...]
        if parts.first?.tag == 0xA0 { parts = parts.dropFirst() }
        let names = Array(parts.prefix(5))
        return names.count == 5 && names[2].content == names[4].content
    }

    /// The consecutive elements, up to the first that is invalid.
    private static func elements(of bytes: ArraySlice<UInt8>) -> [(tag: UInt8, content: ArraySlice<UInt8>)] {
        var found: [(UInt8, ArraySlice<UInt8>)] = []
        var rest = bytes
        while let tag = rest.popFirst(), var length = rest.popFirst().map(Int.init) {
            if length >= 0x80 {
                let digits = length - 0x80
                guard 1...4 ~= digits, rest.count >= digits else { break }
                length = rest.prefix(digits).reduce(0) { $0 << 8 | Int($1) }
                rest = rest.dropFirst(digits)
            }
            guard rest.count >= length else { break }
            found.append((tag, rest.prefix(length)))
            rest = rest.dropFirst(length)
        }
        return found
    }
}
