import Glibc

/// Why the App could not be reached, or gave no answer.
package enum ReachFailure: Error, Hashable {
    // No connection.

    /// Also if no name server answers in time.
    case nameUnknown
    case refused
    case noRoute
    case connectTimedOut

    // The connection broke.

    case reset
    case closed
    /// No complete answer within this time.
    case silent(Duration)

    // TLS.

    case tlsTimedOut
    case certificate(CertificateFault)
    /// The answer was not TLS.
    case notTLS
    /// Mostly because no version or cipher is in common.
    case tlsFailed

    // The answer is unusable.

    case notHTTP

    /// In words that reveal nothing about the request.
    case other(String)

    /// From the system's error.
    package init(errno code: Int32) {
        switch code {
        case ECONNREFUSED: self = .refused
        case ENETUNREACH, EHOSTUNREACH, ENETDOWN, EHOSTDOWN, EADDRNOTAVAIL: self = .noRoute
        case ETIMEDOUT: self = .connectTimedOut
        case ECONNRESET, EPIPE, ECONNABORTED: self = .reset
        default: self = .other(unsafe String(cString: strerror(code)))
        }
    }

    /// From OpenSSL's message, as libcurl passes it on.
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
