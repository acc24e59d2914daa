import NIOCore
import NIOPosix
import NIOSSL
import Platform
import Synchronization

/// A second look at a server or proxy that turned out to be of no use, since the libraries do not say why.
///
/// It sends nothing of ours: a proxy is asked for the way once more, and a server's certificates are looked at in a
/// handshake that is refused whatever they are.
struct ServerProbe: Sendable {
    /// What was seen.
    enum Finding: Sendable, Equatable {
        case certificates([CertificateFacts])
        case proxyStatus(Int)
    }

    let origin: Origin
    let proxy: Proxy?

    /// What was seen first; nil when it was nothing.
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
                // Whoever says nothing holds nobody up.
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
        // None of them is believed here; reading the system's would be for nothing.
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
