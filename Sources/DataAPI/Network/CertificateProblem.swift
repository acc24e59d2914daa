/// Why a certificate is not believed.
public enum CertificateProblem: Sendable, Hashable {
    case expired(Instant)
    case notYetValid(Instant)
    /// That of an authority between it and the root.
    case authorityExpired(Instant)
    case otherName
    case selfSigned
    case unknownAuthority
    /// Not made for a server, or not for this kind of handshake.
    case unfit
    /// The library does not say why, and neither does a second look.
    case unexplained

    /// Why the library refused a chain, which it does not say itself: of the reasons that can be seen in the
    /// certificates, the first. A host name is told by an error of its own.
    ///
    /// - Parameters:
    ///   - chain: what the server showed, its own first.
    ///   - now: by the system's clock, which is the one that the library goes by.
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
    /// What follows “the certificate of HOST”.
    public var description: String {
        switch self {
        case .expired(let end): "expired at \(end.toTheSecond)"
        case .notYetValid(let beginning): "is not valid before \(beginning.toTheSecond)"
        case .authorityExpired(let end): "comes with an authority's that expired at \(end.toTheSecond)"
        case .otherName: "is for another host"
        case .selfSigned: "is signed by itself"
        case .unknownAuthority: "is signed by an authority that this machine does not know"
        case .unfit: "is not one for a server"
        case .unexplained: "is not to be believed"
        }
    }

    /// What the operator can do about it.
    public var remedy: String {
        switch self {
        case .expired, .authorityExpired:
            "look at this machine's clock; if that is right, whoever runs the server has to renew the certificate"
        case .unfit: "whoever runs the server has to replace the certificate"
        case .notYetValid: "look at this machine's clock; let NTP set it"
        case .otherName: "look at the host in WELKIN_DATA_API_URL"
        case .selfSigned, .unknownAuthority, .unexplained:
            "install ca-certificates, or name the file with the authority's certificate in SSL_CERT_FILE"
        }
    }
}

/// What can be seen in a certificate.
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
