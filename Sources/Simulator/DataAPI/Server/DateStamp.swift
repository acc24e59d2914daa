import HTTPTypes
import NIOCore
import NIOHTTPTypes
import Records

/// Dates answers by the API's own clock, which may be set wrong; Hummingbird uses the system's.
final class DateStamp: ChannelOutboundHandler, RemovableChannelHandler {
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let provider: APIProvider

    init(_ provider: APIProvider) {
        self.provider = provider
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        var part = unwrapOutboundIn(data)
        if case .head(var head) = part {
            head.headerFields[.date] = provider.with {
                $0.settings.date ? HTTPDate.text(Instant(microseconds: $0.clock.now)) : nil
            }
            part = .head(head)
        }
        context.write(wrapOutboundOut(part), promise: promise)
    }
}
