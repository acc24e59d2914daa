import Glibc

/// Why the App could not be asked, or gave no answer.
package enum ReachFailure: Error, Hashable {
    // There is no connection.

    /// Or no name server says so in time.
    case nameUnknown
    case refused
    case noRoute
    case connectTimedOut

    // It broke.

    case reset
    case closed
    /// No whole answer within this time.
    case silent(Duration)

    // TLS.

    case tlsTimedOut
    case certificate(CertificateFault)
    /// Something else than TLS came back.
    case notTLS
    /// Above all where no version and no cipher is in common.
    case tlsFailed

    // What came is of no use.

    case notHTTP

    /// In words that tell nothing of what was asked.
    case other(String)

    /// What the system says.
    package init(errno code: Int32) {
        switch code {
        case ECONNREFUSED: self = .refused
        case ENETUNREACH, EHOSTUNREACH, ENETDOWN, EHOSTDOWN, EADDRNOTAVAIL: self = .noRoute
        case ETIMEDOUT: self = .connectTimedOut
        case ECONNRESET, EPIPE, ECONNABORTED: self = .reset
        default: self = .other(unsafe String(cString: strerror(code)))
        }
    }

    /// What OpenSSL says, or libcurl of it.
    package init(tls words: String) {
        func has(_ reasons: String...) -> Bool { reasons.contains { words.contains($0) } }
        if has("wrong version number", "http request", "packet length too long") {
            self = .notTLS
        } else if has("unexpected eof", "SSL_ERROR_SYSCALL", "SSL_ERROR_ZERO_RETURN") {
            self = .closed
        } else {
            self = has("wrong certificate type", "unknown certificate type") ? .certificate(.unfit) : .tlsFailed
        }
    }
}
