package import AsyncHTTPClient
import NIOCore
import NIOSSL
import Platform

extension NetworkSettings {
    /// How long a connection may take to come about. Repeated often enough within ``RetryPolicy/networkTime``.
    static let connectTime = Duration.seconds(10)

    /// The configuration of a client for this origin, which follows no redirect and retries nothing.
    package func configuration(for origin: Origin?) -> HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.timeout.connect = .seconds(Self.connectTime.components.seconds)
        // Only one place decides about retries, and it is not the pool.
        configuration.connectionPool.retryConnectionEstablishment = false
        if let origin, origin.nameToResolve != origin.name {
            configuration.dnsOverride = [origin.host: origin.nameToResolve]
        }
        if let proxy = origin.flatMap(proxy(for:)) {
            configuration.proxy = .server(host: proxy.host, port: proxy.port, authorization: proxy.authorization)
        }
        var tls = TLSConfiguration.makeClientConfiguration()
        // The library's default minimum is 1.0, which has been insecure for years (RFC 8996).
        tls.minimumTLSVersion = .tlsv12
        if let first = authorities.first {
            tls.trustRoots = .file(first)
            tls.additionalTrustRoots = authorities.dropFirst().map { .file($0) }
        }
        configuration.tlsConfiguration = tls
        return configuration
    }
}
