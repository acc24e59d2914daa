import DataAPI
import NIOCore
import NIOPosix
import Synchronization

/// One request as it came in, cut from the bytes by hand: the tests want to see what was sent.
struct StubRequest: Sendable {
    var method = ""
    var target = ""
    var headers: [String: String] = [:]
    var body: [UInt8] = []

    var path: String { String(target.prefix { $0 != "?" }) }
    var text: String { String(decoding: body, as: UTF8.self) }
}

/// What goes back, byte for byte, and what becomes of the connection then.
struct StubAnswer: Sendable {
    enum Ending: Sendable {
        /// The connection waits for the next request.
        case keep
        case close
        /// The connection is broken (RST).
        case reset
        /// One more byte every few milliseconds, for ever.
        case trickle
        /// Chunks of a mebibyte, for ever.
        case flood
    }

    var bytes: [UInt8]
    var ending: Ending

    init(_ bytes: String, _ ending: Ending = .keep) {
        self.bytes = Array(bytes.utf8)
        self.ending = ending
    }

    /// A whole answer.
    static func status(
        _ status: Int, _ body: String = "{}", type: String = "application/json", headers: [String] = []
    ) -> StubAnswer {
        let lines = ["HTTP/1.1 \(status) X", "Content-Type: \(type)", "Content-Length: \(body.utf8.count)"] + headers
        return StubAnswer((lines + ["", body]).joined(separator: "\r\n"))
    }

    static func json(_ body: String) -> StubAnswer { .status(200, body) }

    static let record = json(#"{"data": {"id": "1"}}"#)
    static let emptyPage = json(#"{"data": [], "links": {}}"#)
}

/// A server on loopback that does as it is told.
final class StubServer: Sendable {
    typealias Script = @Sendable (_ request: StubRequest, _ number: Int) -> StubAnswer

    let origin: Origin
    private let channel: any Channel
    private let log: RequestLog

    /// - Parameter script: answers requests to the API; the first has number 1. Requests for tokens
    ///   are answered with `token-1`, `token-2`, … unless `token` says otherwise.
    init(token: Script? = nil, _ script: @escaping Script) async throws {
        let log = RequestLog(token: token ?? { _, number in .json(#"{"access_token": "token-\#(number)"}"#) }, script)
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(StubHandler(log))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        self.log = log
        self.channel = channel
        origin = Origin("http://127.0.0.1:\(channel.localAddress!.port!)")!
    }

    /// Requests to the API, in order.
    var requests: [StubRequest] { log.state.withLock { $0.requests } }
    var tokenRequests: [StubRequest] { log.state.withLock { $0.tokenRequests } }
    /// Bytes that went out in trickles.
    var trickled: Int { log.state.withLock { $0.trickled } }
    /// Mebibytes that were taken off our hands in floods.
    var flooded: Int { log.state.withLock { $0.flooded } }

    func close() async throws { try await channel.close() }
}

final class RequestLog: Sendable {
    struct State {
        var requests: [StubRequest] = []
        var tokenRequests: [StubRequest] = []
        var trickled = 0
        var flooded = 0
    }

    let state = Mutex(State())
    private let token: StubServer.Script
    private let script: StubServer.Script

    init(token: @escaping StubServer.Script, _ script: @escaping StubServer.Script) {
        self.token = token
        self.script = script
    }

    func answer(_ request: StubRequest) -> StubAnswer {
        if request.path == "/v1/token" {
            let number = state.withLock { state in
                state.tokenRequests.append(request)
                return state.tokenRequests.count
            }
            return token(request, number)
        }
        let number = state.withLock { state in
            state.requests.append(request)
            return state.requests.count
        }
        return script(request, number)
    }
}
