package import Gateway
import Glibc
import HTTPTypes
import Hummingbird
import HummingbirdCore
package import Logging
package import NIOCore
import NIOExtras
import NIOPosix
package import Platform
import Records
import ServiceLifecycle

/// Serves the data service over HTTP/1.1, for nginx.
///
/// Hummingbird binds sockets by itself, but knows neither a mode nor a group nor a socket of systemd's, and it removes a
/// socket before another process has let go of it. So the socket is ours, and each connection is Hummingbird's.
package struct DataServer: Service {
    /// What to listen on.
    package enum Address: Sendable {
        /// A socket that is listening already.
        case socket(ListeningSocketBox)
        /// A loopback address.
        case loopback(host: String, port: Int)
    }

    private let address: Address
    private let logger: Logger
    private let channel: HTTP1Channel
    private let group: any EventLoopGroup
    private let onStart: @Sendable (_ port: Int?) -> Void
    private let onStop: @Sendable () -> Void

    /// A clinic's pages may all connect at once; with a shorter backlog nginx answers 502. The kernel's own limit
    /// (`net.core.somaxconn`) caps it.
    private static let backlog: Int32 = 2048

    /// - Parameters:
    ///   - respond: answers a request
    ///   - onStart: called once, when connections are accepted; with the port if the address has one
    ///   - onStop: called once, before the last answers: must end every wait
    package init(
        _ address: Address, logger: Logger, group: any EventLoopGroup = MultiThreadedEventLoopGroup.singleton,
        respond: @escaping @Sendable (Gateway.Request) async -> Gateway.Response,
        onStart: @escaping @Sendable (_ port: Int?) -> Void, onStop: @escaping @Sendable () -> Void
    ) {
        self.address = address
        self.logger = logger
        self.group = group
        self.onStart = onStart
        self.onStop = onStop
        channel = HTTP1Channel(
            responder: { request, writer, channel in
                try await Self.answer(request, writer) { request in
                    request.path.hasSuffix("/data/\(DataRoute.changes.rawValue)")
                        ? await ClientWatch.untilGone(channel) { await respond(request) } : await respond(request)
                }
            },
            // Longer than nginx keeps one, so that it is nginx that closes it.
            configuration: .init(additionalChannelHandlers: [ClientWatch()], idleTimeout: .seconds(120)))
    }

    private static func answer(
        _ request: Hummingbird.Request, _ writer: consuming ResponseWriter,
        _ respond: (Gateway.Request) async -> Gateway.Response
    ) async throws {
        let response = await respond(Gateway.Request(request, body: await Self.read(request.body)))
        let length = response.body.count
        var head = HTTPResponse(status: .init(code: response.status))
        for header in response.headers {
            guard let name = HTTPField.Name(header.name) else { continue }
            head.headerFields.append(HTTPField(name: name, value: String(decoding: header.value, as: UTF8.self)))
        }
        head.headerFields[.contentLength] = "\(length)"
        var body = try await writer.writeHead(head)
        if length > 0, request.method != .head { try await body.write(ByteBuffer(bytes: response.body)) }
        try await body.finish(nil)
    }

    /// Takes all of a body, also of one that is too large: who sends it may look for an answer only behind it.
    private static func read(_ body: HummingbirdCore.RequestBody) async -> Gateway.Request.Body {
        var (bytes, isTooLarge): ([UInt8], Bool) = ([], false)
        do {
            for try await chunk in body {
                isTooLarge = isTooLarge || bytes.count + chunk.readableBytes > Gateway.Request.maximumBody
                if !isTooLarge { bytes += chunk.readableBytesView }
            }
        } catch {
            return .lengthMismatch
        }
        return isTooLarge ? .tooLarge : .bytes(bytes)
    }

    /// Serves until the graceful shutdown: then it accepts nothing more, ends all waits, answers what has come in, and
    /// returns.
    package func run() async throws {
        let quiescing = ServerQuiescingHelper(group: group)
        let bootstrap = ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: Self.backlog)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .serverChannelInitializer { server in
                server.eventLoop.makeCompletedFuture {
                    try server.pipeline.syncOperations.addHandler(quiescing.makeServerChannelHandler(channel: server))
                }
            }
        let (channel, logger) = (channel, logger)
        let server =
            switch address {
            case .socket(let socket):
                try await bootstrap.bind(socket.descriptor) { channel.setup(channel: $0, logger: logger) }
            case .loopback(let host, let port):
                try await bootstrap.bind(host: host, port: port) { channel.setup(channel: $0, logger: logger) }
            }
        // For a socket that is there already, NIO asks for 128 whatever the option says.
        if case .socket(let socket) = address { _ = listen(socket.descriptor, Self.backlog) }
        onStart(server.channel.localAddress?.port)
        await withGracefulShutdownHandler {
            await withDiscardingTaskGroup { tasks in
                do {
                    try await server.executeThenClose { connections in
                        for try await connection in connections {
                            tasks.addTask { await channel.handle(value: connection, logger: logger) }
                        }
                    }
                } catch {
                    logger.error("accepting connections failed", metadata: ["problem": "\(error)"])
                }
            }
        } onGracefulShutdown: { [address, onStop] in
            if case .socket(let socket) = address { socket.removeName() }
            quiescing.initiateShutdown(promise: nil)
            onStop()
        }
    }
}

/// A listening socket that can be passed on: `ListeningSocket` itself has one owner.
package final class ListeningSocketBox: Sendable {
    private let socket: ListeningSocket

    package init(_ socket: consuming ListeningSocket) { self.socket = socket }

    var descriptor: Int32 { socket.descriptor }

    func removeName() { socket.removeName() }
}

extension Gateway.Request {
    /// The same request as other transports give it. Only these headers are read; those that name people are not among
    /// them.
    init(_ request: Hummingbird.Request, body: Body) {
        func header(_ name: HTTPField.Name) -> String? {
            request.headers[name].flatMap { $0.isEmpty ? nil : $0 }
        }
        let target = request.head.path ?? ""
        self.init(
            method: request.method.rawValue, path: String(target.prefix { $0 != "?" }),
            contentType: header(.contentType),
            body: body, cookie: header(.cookie), origin: header(.origin), accept: header(.accept),
            authorization: header(.authorization), sessionHeader: header(.init("X-Welkin-Session")!))
    }
}
