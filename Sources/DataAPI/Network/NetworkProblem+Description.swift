import Glibc
import Platform

extension NetworkProblem: CustomStringConvertible {
    /// The problem, in one line.
    public var description: String {
        switch kind {
        case .nameUnknown: "\(noConnection): its name is unknown"
        case .nameServerSilent: "\(noConnection): no name server answers"
        case .refused: "\(noConnection): connection refused"
        case .noRoute: "\(noConnection): no route to it"
        case .connectTimedOut:
            "\(noConnection): it did not answer within \(NetworkSettings.connectTime.components.seconds) s"
        case .reset: "\(place) reset the connection"
        case .closed: "\(place) closed the connection before the answer was complete"
        case .silent(let limit): "\(place) gave no complete answer within \(limit.components.seconds) s"
        case .tlsTimedOut: "\(place) did not finish the TLS handshake in time"
        case .certificate(let problem): "the certificate of \(place) \(problem)"
        case .noCommonProtocol: "\(place) has no version of TLS or no cipher in common with this program"
        case .notTLS: "\(place) does not speak TLS"
        case .tlsFailed: "the TLS handshake with \(place) failed"
        case .proxyRefused(let status):
            "the proxy of HTTPS_PROXY refused to connect to \(place)" + (status.map { ": status \($0)" } ?? "")
        case .proxySilent: "the proxy of HTTPS_PROXY did not answer in time"
        case .notHTTP: "the answer of \(place) is not HTTP"
        case .badCompression: "the answer of \(place) cannot be decompressed"
        case .system(let code): "the connection to \(place) failed: \(SystemError(code: code))"
        case .other(let type): "the connection to \(place) failed (\(type))"
        }
    }

    private var noConnection: String { "cannot connect to \(isProxied ? "the proxy of HTTPS_PROXY" : place)" }

    /// What the operator can do about it.
    public var remedy: String {
        switch kind {
        case .nameUnknown, .refused, .noRoute, .connectTimedOut:
            isProxied
                ? "check HTTPS_PROXY, and whether the proxy is up"
                : "check WELKIN_DATA_API_URL, the network and its firewall; if there is a proxy, set HTTPS_PROXY"
        case .nameServerSilent: "check the network and this machine's name servers (/etc/resolv.conf)"
        case .reset, .closed, .silent, .tlsTimedOut, .tlsFailed, .badCompression, .system, .other:
            "retry later; if it persists, check WELKIN_DATA_API_URL, the network and its firewall"
        case .certificate(let problem): problem.remedy
        case .noCommonProtocol: "check WELKIN_DATA_API_URL; TLS 1.2 or 1.3 is required"
        case .notTLS, .notHTTP: "check WELKIN_DATA_API_URL, especially its port"
        case .proxyRefused(status: 407): "check user and password in HTTPS_PROXY"
        case .proxyRefused: "ask the operator of the proxy to allow this host and port"
        case .proxySilent: "check HTTPS_PROXY, and whether the proxy is up"
        }
    }
}
