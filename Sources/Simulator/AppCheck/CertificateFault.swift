package import Records

/// Why a certificate is not believed.
package enum CertificateFault: Hashable, Sendable {
    case expired(Instant)
    case notYetValid(Instant)
    /// That of an authority between it and the root.
    case authorityExpired(Instant)
    case otherName
    case selfSigned
    case unknownAuthority
    /// Not made for a server, or not for this kind of handshake.
    case unfit
    case unexplained

    /// - Parameter code: OpenSSL's, of the first thing that it minded (`X509_V_ERR_…` in its `x509_vfy.h`). It says
    ///   nothing of dates, and looks at them last.
    package init(verification code: Int) {
        switch code {
        // UNSPECIFIED is what libcurl leaves there once the certificate was found good, and the host's name is not in it.
        case 0, 1: self = .otherName
        // DEPTH_ZERO_SELF_SIGNED_CERT
        case 18: self = .selfSigned
        // UNABLE_TO_GET_ISSUER_CERT, SELF_SIGNED_CERT_IN_CHAIN, UNABLE_TO_GET_ISSUER_CERT_LOCALLY,
        // UNABLE_TO_VERIFY_LEAF_SIGNATURE
        case 2, 19, 20, 21: self = .unknownAuthority
        // INVALID_PURPOSE, CERT_REJECTED, EE_KEY_TOO_SMALL
        case 26, 28, 66: self = .unfit
        default: self = .unexplained
        }
    }

    /// Of the reasons that can be seen in the certificates, the first; where there is none, this one.
    ///
    /// - Parameters:
    ///   - chain: what the App showed, its own first.
    ///   - now: by the system's clock, which is the one that OpenSSL goes by.
    package func explained(by chain: [ShownCertificate], now: Instant) -> CertificateFault {
        guard let own = chain.first else { return self }
        if !own.signsHandshakes { return .unfit }
        if own.validUntil < now { return .expired(own.validUntil) }
        if now < own.validFrom { return .notYetValid(own.validFrom) }
        return chain.first { $0.validUntil < now }.map { .authorityExpired($0.validUntil) } ?? self
    }
}

extension CertificateFault: CustomStringConvertible {
    /// What follows “the certificate of HOST”.
    package var description: String {
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
}
