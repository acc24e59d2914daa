import AsyncHTTPClient
import NIOCore
import Platform

/// Asks a proxy to connect; if it does, the server's certificates come next.
final class WayThroughProxy: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let origin: Origin
    private let proxy: Proxy
    private let note: @Sendable (ServerProbe.Finding) -> Void
    private var answer: [UInt8] = []

    init(to origin: Origin, _ proxy: Proxy, _ note: @escaping @Sendable (ServerProbe.Finding) -> Void) {
        self.origin = origin
        self.proxy = proxy
        self.note = note
    }

    func channelActive(context: ChannelHandlerContext) {
        let place = "\(origin.host):\(origin.port)"
        let authorization = proxy.authorization.map { "Proxy-Authorization: \($0.headerValue)\r\n" } ?? ""
        let request = "CONNECT \(place) HTTP/1.1\r\nHost: \(place)\r\n\(authorization)\r\n"
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: request)), promise: nil)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        answer += unwrapInboundIn(data).readableBytesView
        let text = String(decoding: answer, as: UTF8.self)
        guard text.contains("\r\n\r\n") else {
            if answer.count > 1 << 16 { context.close(promise: nil) }
            return
        }
        // HTTP/1.1 407 Proxy Authentication Required
        let status = text.prefix { $0 != "\r\n" }.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
        guard 200..<300 ~= status, let handler = try? ServerProbe.refusingHandler(origin, note) else {
            if status > 0 { note(.proxyStatus(status)) }
            context.close(promise: nil)
            return
        }
        do {
            try context.pipeline.syncOperations.addHandler(handler, position: .after(self))
            context.pipeline.syncOperations.removeHandler(self, promise: nil)
        } catch {
            context.close(promise: nil)
        }
    }
}
