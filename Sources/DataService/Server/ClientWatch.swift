import NIOCore

/// Notices that the client has closed its side of the connection, while a request waits.
///
/// Hummingbird's own way (`consumeWithCancellationOnInboundClose`) costs a waiting page three tasks instead of one, and
/// the connection afterwards.
final class ClientWatch: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = NIOAny

    private var isGone = false
    private var onGone: (@Sendable () -> Void)?

    /// Runs `body` in a task of its own, which is cancelled when the client goes away.
    static func untilGone<Result: Sendable>(
        _ channel: any Channel, _ body: @escaping @Sendable () async -> Result
    ) async -> Result {
        let task = Task(operation: body)
        set(channel) { task.cancel() }
        defer { set(channel, nil) }
        return await task.value
    }

    private static func set(_ channel: any Channel, _ onGone: (@Sendable () -> Void)?) {
        channel.eventLoop.execute {
            // A connection that has ended has no handlers any more.
            guard let watch = try? channel.pipeline.syncOperations.handler(type: ClientWatch.self), !watch.isGone else {
                onGone?()
                return
            }
            watch.onGone = onGone
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        if let event = event as? ChannelEvent, event == .inputClosed { end() }
        context.fireUserInboundEventTriggered(event)
    }

    func channelInactive(context: ChannelHandlerContext) {
        end()
        context.fireChannelInactive()
    }

    private func end() {
        isGone = true
        onGone?()
        onGone = nil
    }
}
