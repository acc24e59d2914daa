import Platform

extension NetworkProblem {
    init(_ kind: Kind, of origin: Origin, through proxy: Proxy?) {
        self.init(kind, of: "\(origin.host):\(origin.port)", isProxied: proxy != nil)
    }

    /// The meaning of a library's error, with a second look if the library does not give the reason.
    init(explaining failure: any Error, of origin: Origin, through proxy: Proxy? = nil) async {
        self.init(Kind(failure), of: origin, through: proxy)
        guard kind == .certificate(.unexplained) || kind == .proxyRefused(status: nil) else { return }
        switch await ServerProbe(origin: origin, proxy: proxy).look() {
        case .certificates(let chain) where kind == .certificate(.unexplained):
            // By the clock that the library used, whatever the client's is.
            self = with(.certificate(CertificateProblem(refusing: chain, now: TimeSource.system.now())))
        case .proxyStatus(let status): self = with(.proxyRefused(status: status))
        default: break
        }
    }
}
