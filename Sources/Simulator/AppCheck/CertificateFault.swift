package import Records

/// Why a certificate is not trusted.
package enum CertificateFault: Hashable, Sendable {
    case expired(Instant)
    case notYetValid(Instant)
    /// An intermediate authority's certificate.
    case authorityExpired(Instant)
    case otherName
    case selfSigned
    case unknownAuthority
    /// Not made for a server, or not for this kind of handshake.
    case unfit
    case unexplained

    /// - Parameter code: OpenSSL's code for the first fault it found (`X509_V_ERR_…` in its `x509_vfy.h`). Dates are
    ///   not among them: OpenSSL checks those last.
    package init(verification code: Int) {
        switch code {
        // libcurl leaves UNSPECIFIED if the certificate is valid but does not contain the host's name.
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

    /// The first reason that the certificates themselves show; this one if they show none.
    ///
    /// - Parameters:
    ///   - chain: the App's certificates, its own first.
    ///   - now: by the system's clock, which OpenSSL uses too.
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
        case .authorityExpired(let end): "comes with an authority's certificate that expired at \(end.toTheSecond)"
        case .otherName: "is for another host"
        case .selfSigned: "is self-signed"
        case .unknownAuthority: "is signed by an authority that this machine does not know"
        case .unfit: "is not valid for a server"
        case .unexplained: "cannot be verified"
        }
    }
}
