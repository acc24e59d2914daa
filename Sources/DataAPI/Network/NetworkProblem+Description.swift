import Glibc
import Platform

extension NetworkProblem: CustomStringConvertible {
    /// What is wrong, in one line.
    public var description: String {
        switch kind {
        case .nameUnknown: "\(noConnection): its name is not known"
        case .nameServerSilent: "\(noConnection): no name server answers"
        case .refused: "\(noConnection): connection refused"
        case .noRoute: "\(noConnection): there is no route to it"
        case .connectTimedOut:
            "\(noConnection): it did not answer within \(NetworkSettings.connectTime.components.seconds) s"
        case .reset: "\(place) broke the connection off"
        case .closed: "\(place) closed the connection before the answer was whole"
        case .silent(let limit): "\(place) gave no whole answer within \(limit.components.seconds) s"
        case .tlsTimedOut: "\(place) did not finish the TLS handshake in time"
        case .certificate(let problem): "the certificate of \(place) \(problem)"
        case .noCommonProtocol: "\(place) has no version of TLS or no cipher in common with this program"
        case .notTLS: "\(place) does not speak TLS"
        case .tlsFailed: "the TLS handshake with \(place) failed"
        case .proxyRefused(let status):
            "the proxy of HTTPS_PROXY refused the way to \(place)" + (status.map { ": status \($0)" } ?? "")
        case .proxySilent: "the proxy of HTTPS_PROXY did not answer in time"
        case .notHTTP: "what \(place) answered is no HTTP"
        case .badCompression: "what \(place) answered cannot be decompressed"
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
                ? "look at HTTPS_PROXY, and whether the proxy is up"
                : "look at WELKIN_DATA_API_URL, the network and its firewall; where there is a proxy, set HTTPS_PROXY"
        case .nameServerSilent: "look at the network and at this machine's name servers (/etc/resolv.conf)"
        case .reset, .closed, .silent, .tlsTimedOut, .tlsFailed, .badCompression, .system, .other:
            "try again later; if it stays so, look at WELKIN_DATA_API_URL, the network and its firewall"
        case .certificate(let problem): problem.remedy
        case .noCommonProtocol: "look at WELKIN_DATA_API_URL; TLS 1.2 or 1.3 is needed"
        case .notTLS, .notHTTP: "look at WELKIN_DATA_API_URL, its port above all"
        case .proxyRefused(status: 407): "look at user and password in HTTPS_PROXY"
        case .proxyRefused: "ask who runs the proxy to let this host and port through"
        case .proxySilent: "look at HTTPS_PROXY, and whether the proxy is up"
        }
    }
}
