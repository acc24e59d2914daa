/// Why the network brought no answer, in words for an operator. Names only host and port of the API, and nothing
/// else of the request or of the proxy.
public struct NetworkProblem: Sendable, Hashable {
    /// What happened.
    public let kind: Kind
    /// `HOST:PORT` of the API.
    public let place: String
    /// Whether a proxy was in between.
    public let isProxied: Bool

    /// The kinds of problem.
    public enum Kind: Sendable, Hashable {
        // No connection; with a proxy, none to the proxy.

        case nameUnknown
        case nameServerSilent
        case refused
        case noRoute
        case connectTimedOut

        // It broke.

        case reset
        case closed
        /// No complete answer within this time.
        case silent(Duration)

        // TLS.

        case tlsTimedOut
        case certificate(CertificateProblem)
        case noCommonProtocol
        /// Something other than TLS came back.
        case notTLS
        case tlsFailed

        // The proxy.

        /// With its status, if known.
        case proxyRefused(status: Int?)
        case proxySilent

        // The answer is unusable.

        case notHTTP
        case badCompression

        /// An `errno`.
        case system(Int32)
        /// The name of its type, because other contents of a library's error may reveal too much.
        case other(String)
    }

    package init(_ kind: Kind, of place: String, isProxied: Bool) {
        self.kind = kind
        self.place = place
        self.isProxied = isProxied
    }

    func with(_ kind: Kind) -> NetworkProblem { NetworkProblem(kind, of: place, isProxied: isProxied) }
}

extension NetworkProblem {
    /// Whether no connection was established, so that nothing was sent.
    var isBeforeSending: Bool {
        switch kind {
        case .nameUnknown, .nameServerSilent, .refused, .noRoute, .connectTimedOut, .tlsTimedOut, .certificate, .notTLS,
            .proxyRefused, .proxySilent:
            true
        default: false
        }
    }

    /// Whether it is about a time limit.
    var isTimeout: Bool {
        switch kind {
        case .connectTimedOut, .tlsTimedOut, .proxySilent, .silent: true
        default: false
        }
    }

    /// Whether it will persist for at least half a minute.
    var isLasting: Bool {
        switch kind {
        case .certificate, .noCommonProtocol, .notTLS, .proxyRefused(status: 407): true
        default: false
        }
    }
}
