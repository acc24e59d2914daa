import HTTPTypes
package import Hummingbird
import NIOCore
import StrictJSON

/// A data request's context: its connection, so that it can be cut.
package struct DataContext: RequestContext {
    package var coreContext: CoreRequestContextStorage
    let channel: any Channel

    package init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        channel = source.channel
    }
}

/// Answers `/a/APP/LAUNCH/data/…` for nginx.
package struct DataResponder: HTTPResponder {
    let live: LiveClinic
    /// The App's `Host`, which nginx passes on.
    let appHost: String
    let answersEveryHost: Bool

    package init(_ live: LiveClinic, settings: HostSettings) {
        self.live = live
        appHost = settings.appURL.origin.split(separator: "/").last.map(String.init) ?? ""
        answersEveryHost = settings.answersEveryHost
    }

    package func respond(to request: Request, context: DataContext) async throws -> Response {
        do {
            // A client that waits for a call may disconnect: then the request is cancelled. (The connection
            // ends with the answer; nginx opens a new one for each request anyway.)
            return try await request.body.consumeWithCancellationOnInboundClose { body in
                try await answer(request, body, context.channel)
            }
        } catch let refusal as DataRefusal {
            return refusal.response(id: request.headers[.xRequestID])
        }
    }

    private func answer(
        _ request: Request, _ body: RequestBody, _ channel: any Channel
    ) async throws -> Response {
        guard isOurs(request.head.authority) else { throw DataRefusal.wrongHost }
        guard let path = DataPath(request.uri.path) else { throw DataRefusal.noRoute }
        guard request.method == .post else { throw DataRefusal.wrongMethod }
        let session = try DataSession(request.headers, path: path, providerID: live.providerID)
        guard isJSON(request.headers[.contentType]) else { throw DataRefusal.wrongType }
        let bytes: ByteBuffer
        do {
            bytes = try await body.collect(upTo: 65_536)
        } catch is NIOTooManyBytesError {
            throw DataRefusal.tooLarge
        }
        let read = try DataBody(Array(bytes.readableBytesView), members: path.route.members)
        let (answer, fault) = try await live.answer(path.route, session, read)
        switch fault {
        case .drop:
            try await channel.close()
            throw CancellationError()
        case .cut:
            return answer.response(brokenOffBy: { try await channel.close() })
        case .refuse, .unavailable, .slow, .queue, .none:
            return answer.response()
        }
    }

    /// Otherwise a foreign page whose name suddenly resolves to this address could set all headers.
    private func isOurs(_ authority: String?) -> Bool {
        guard let authority, !answersEveryHost else { return true }
        return authority.lowercased() == appHost || ListenAddress.isLoopback(authority: authority)
    }

    private func isJSON(_ type: String?) -> Bool {
        let type = type?.split(separator: ";", omittingEmptySubsequences: false).first
        return type?.lowercased().filter { $0 != " " } == "application/json"
    }
}

extension HTTPField.Name {
    fileprivate static let xRequestID = Self("X-Request-Id")!
}
