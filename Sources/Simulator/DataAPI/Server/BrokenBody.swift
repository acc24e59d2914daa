import Glibc
import Hummingbird
import NIOCore
import NIOHTTPTypes

/// Bodies with transmission faults.
enum BrokenBody {
    /// Thrown after the connection is closed, so that Hummingbird stops writing.
    struct Broken: Error {}

    /// Ends the connection with a TCP reset, which drops unsent data.
    static func reset(_ channel: any Channel) async throws {
        if let options = channel as? any SocketOptionProvider {
            try await options.setSoLinger(linger(l_onoff: 1, l_linger: 0)).get()
        }
        try await channel.close().get()
    }

    /// The first half of the body, then a reset or an orderly end.
    static func half(_ body: ByteBuffer, _ channel: any Channel, resets: Bool) -> ResponseBody {
        ResponseBody(contentLength: body.readableBytes) { writer in
            try await writer.write(body.getSlice(at: body.readerIndex, length: body.readableBytes / 2)!)
            try await flushed(channel)
            if resets { try await reset(channel) } else { try await channel.close().get() }
            throw Broken()
        }
    }

    /// The whole body, then a reset.
    static func whole(_ body: ByteBuffer, _ channel: any Channel) -> ResponseBody {
        ResponseBody(contentLength: body.readableBytes) { writer in
            try await writer.write(body)
            try await flushed(channel)
            try await reset(channel)
            throw Broken()
        }
    }

    /// The body in ten pieces with a pause before each.
    static func slow(_ body: ByteBuffer, pause: Duration) -> ResponseBody {
        ResponseBody(contentLength: body.readableBytes) { writer in
            var rest = body
            while rest.readableBytes > 0 {
                try await Task.sleep(for: pause)
                try await writer.write(rest.readSlice(length: min(rest.readableBytes, body.readableBytes / 10 + 1))!)
            }
            try await writer.finish(nil)
        }
    }

    /// Waits until the system has the written data.
    private static func flushed(_ channel: any Channel) async throws {
        try await channel.writeAndFlush(HTTPResponsePart.body(ByteBuffer())).get()
    }
}
