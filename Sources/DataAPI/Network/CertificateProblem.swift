/// Why a certificate is not trusted.
public enum CertificateProblem: Sendable, Hashable {
    case expired(Instant)
    case notYetValid(Instant)
    /// The certificate of an authority between it and the root.
    case authorityExpired(Instant)
    case otherName
    case selfSigned
    case unknownAuthority
    /// Not made for a server, or not for this kind of handshake.
    case unfit
    /// The library does not say why, and neither does a second look.
    case unexplained

    /// Why the library refused a chain, which it does not say itself: the first reason that is visible in the
    /// certificates. A wrong host name has an error of its own.
    ///
    /// - Parameters:
    ///   - chain: what the server showed, its own first.
    ///   - now: by the system's clock, which the library uses.
    package init(refusing chain: [CertificateFacts], now: Instant) {
        guard let own = chain.first else {
            self = .unexplained
            return
        }
        if own.validUntil < now {
            self = .expired(own.validUntil)
        } else if now < own.validFrom {
            self = .notYetValid(own.validFrom)
        } else if let expired = chain.first(where: { $0.validUntil < now }) {
            self = .authorityExpired(expired.validUntil)
        } else {
            self = own.isSelfIssued ? .selfSigned : .unknownAuthority
        }
    }
}

extension CertificateProblem: CustomStringConvertible {
    /// The text after “the certificate of HOST”.
    public var description: String {
        switch self {
        case .expired(let end): "expired at \(end.toTheSecond)"
        case .notYetValid(let beginning): "is not valid before \(beginning.toTheSecond)"
        case .authorityExpired(let end): "comes with an authority's certificate that expired at \(end.toTheSecond)"
        case .otherName: "is for another host"
        case .selfSigned: "is self-signed"
        case .unknownAuthority: "is signed by an authority that this machine does not know"
        case .unfit: "is not a server certificate"
        case .unexplained: "is not trusted"
        }
    }

    /// What the operator can do about it.
    public var remedy: String {
        switch self {
        case .expired, .authorityExpired:
            "check this machine's clock; if it is right, the operator of the server must renew the certificate"
        case .unfit: "the operator of the server must replace the certificate"
        case .notYetValid: "check this machine's clock; let NTP set it"
        case .otherName: "check the host in WELKIN_DATA_API_URL"
        case .selfSigned, .unknownAuthority, .unexplained:
            "install ca-certificates, or name the file with the authority's certificate in SSL_CERT_FILE"
        }
    }
}

/// The facts visible in a certificate.
package struct CertificateFacts: Sendable, Hashable {
    package let validFrom: Instant
    package let validUntil: Instant
    /// Whether it names itself as its authority.
    package let isSelfIssued: Bool

    package init(validFrom: Instant, validUntil: Instant, isSelfIssued: Bool) {
        self.validFrom = validFrom
        self.validUntil = validUntil
        self.isSelfIssued = isSelfIssued
    }
}
