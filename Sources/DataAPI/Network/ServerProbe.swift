import NIOCore
import NIOPosix
import NIOSSL
import Platform
import Synchronization

/// A second look at a server or proxy that failed, because the libraries do not give the reason.
///
/// It sends no data of ours: it asks a proxy to connect once more, and inspects a server's certificates in a
/// handshake that it always refuses.
struct ServerProbe: Sendable {
    /// The result of the second look.
    enum Finding: Sendable, Equatable {
        case certificates([CertificateFacts])
        case proxyStatus(Int)
    }

    let origin: Origin
    let proxy: Proxy?

    /// The first finding; nil if there is none.
    func look() async -> Finding? {
        let finding = Mutex<Finding?>(nil)
        let note: @Sendable (Finding) -> Void = { new in finding.withLock { $0 = $0 ?? new } }
        await connect(note)
        return finding.withLock { $0 }
    }

    private func connect(_ note: @escaping @Sendable (Finding) -> Void) async {
        let limit = TimeAmount.seconds(NetworkSettings.connectTime.components.seconds)
        let bootstrap = ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton).connectTimeout(limit)
            .channelInitializer { channel in
                // A silent peer must not block the probe.
                channel.eventLoop.scheduleTask(in: limit) { channel.close(promise: nil) }
                return channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    if let proxy {
                        try pipeline.addHandler(WayThroughProxy(to: origin, proxy, note))
                    } else {
                        try pipeline.addHandler(Self.refusingHandler(origin, note))
                    }
                    try pipeline.addHandler(CloseOnError())
                }
            }
        let (host, port) = proxy.map { ($0.host, $0.port) } ?? (origin.nameToResolve, origin.port)
        guard let channel = try? await bootstrap.connect(host: host, port: port).get() else { return }
        try? await channel.closeFuture.get()
    }

    /// Notes the certificates, and then refuses them.
    static func refusingHandler(
        _ origin: Origin, _ note: @escaping @Sendable (Finding) -> Void
    ) throws -> NIOSSLClientHandler {
        var configuration = TLSConfiguration.makeClientConfiguration()
        // No certificate is trusted here, so there is no need to read the system's authorities.
        configuration.trustRoots = .certificates([])
        return try NIOSSLClientHandler(
            context: NIOSSLContext(configuration: configuration), serverHostname: origin.isAddress ? nil : origin.name,
            customVerificationCallback: { chain, promise in
                note(.certificates(chain.map { CertificateFacts($0) }))
                promise.succeed(.failed)
            })
    }
}

/// The refused handshake ends the connection.
private final class CloseOnError: ChannelInboundHandler {
    typealias InboundIn = NIOAny

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}
