import Foundation
import NIOCore
import Synchronization

/// Cuts requests from a connection's bytes, and writes what the script says.
final class StubHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let log: RequestLog
    private var received: [UInt8] = []

    init(_ log: RequestLog) { self.log = log }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        received += unwrapInboundIn(data).readableBytesView
        while let request = nextRequest() { send(log.answer(request), context) }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }

    private func nextRequest() -> StubRequest? {
        let text = String(decoding: received, as: UTF8.self)
        guard let headEnd = text.range(of: "\r\n\r\n") else { return nil }
        let lines = text[..<headEnd.lowerBound].split(separator: "\r\n")
        let parts = lines[0].split(separator: " ")
        var request = StubRequest(method: String(parts[0]), target: String(parts[1]))
        for line in lines.dropFirst() {
            let pair = line.split(separator: ":", maxSplits: 1)
            request.headers[pair[0].lowercased()] = String(pair[1].drop { $0 == " " })
        }
        let bodyStart = text[..<headEnd.upperBound].utf8.count
        let length = request.headers["content-length"].flatMap { Int($0) } ?? 0
        guard received.count >= bodyStart + length else { return nil }
        request.body = Array(received[bodyStart..<(bodyStart + length)])
        received.removeFirst(bodyStart + length)
        return request
    }

    private func send(_ answer: StubAnswer, _ context: ChannelHandlerContext) {
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: answer.bytes)), promise: nil)
        switch answer.ending {
        case .keep: break
        case .close: context.close(promise: nil)
        case .reset:
            let noLinger = linger(l_onoff: 1, l_linger: 0)
            _ = (context.channel as! any SocketOptionProvider).setSoLinger(noLinger)
            context.close(promise: nil)
        case .trickle: trickle(context)
        case .flood: flood(context)
        }
    }

    private func trickle(_ context: ChannelHandlerContext) {
        guard context.channel.isActive else { return }
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: " ")), promise: nil)
        log.state.withLock { $0.trickled += 1 }
        context.eventLoop.assumeIsolated().scheduleTask(in: .milliseconds(5)) { self.trickle(context) }
    }

    private func flood(_ context: ChannelHandlerContext) {
        var chunk = ByteBuffer(string: "100000\r\n")
        chunk.writeRepeatingByte(UInt8(ascii: " "), count: 1 << 20)
        chunk.writeString("\r\n")
        context.writeAndFlush(wrapOutboundOut(chunk)).assumeIsolated().whenSuccess {
            self.log.state.withLock { $0.flooded += 1 }
            self.flood(context)
        }
    }
}
