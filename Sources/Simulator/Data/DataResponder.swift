import HTTPTypes
package import Hummingbird
import NIOCore
import StrictJSON

/// What a data request brings besides itself: its connection, so that it can be cut.
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
    /// See ``HostSettings/answersEveryHost``.
    let answersEveryHost: Bool

    package init(_ live: LiveClinic, settings: HostSettings) {
        self.live = live
        appHost = settings.appURL.origin.split(separator: "/").last.map(String.init) ?? ""
        answersEveryHost = settings.answersEveryHost
    }

    package func respond(to request: Request, context: DataContext) async throws -> Response {
        do {
            // Whoever waits for a call may go away: then so does the request. (Its connection ends with
            // the answer, which is all the same to nginx: it makes one for each.)
            return try await request.body.consumeWithCancellationOnInboundClose { body in
                try await answer(request, body, context.channel).response()
            }
        } catch let refusal as DataRefusal {
            return refusal.response(id: request.headers[.xRequestID])
        }
    }

    private func answer(
        _ request: Request, _ body: RequestBody, _ channel: any Channel
    ) async throws -> DataAnswer {
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
        return try await live.answer(path.route, session, read) { try await channel.close() }
    }

    /// A page of somebody else whose name suddenly resolves to this address could set all headers.
    private func isOurs(_ authority: String?) -> Bool {
        guard let authority, !answersEveryHost else { return true }
        return authority.lowercased() == appHost || ListenAddress.isLoopback(authority: authority)
    }

    private func isJSON(_ type: String?) -> Bool {
        let type = type?.split(separator: ";", omittingEmptySubsequences: false).first
        return type?.lowercased().filter { $0 != " " } == "application/json"
    }
}

extension LiveClinic {
    /// Answers a request, or has it go wrong where that is asked for.
    ///
    /// - Parameter cut: closes the connection
    func answer(
        _ route: DataRoute, _ session: DataSession, _ body: DataBody, cut: () async throws -> Void
    ) async throws -> DataAnswer {
        let (fault, turn) = state.change { ($0.faults.take(route), $0.faults.turn(of: route)) }
        switch fault {
        case .refuse: throw DataRefusal.refused("The simulator was told to refuse this.")
        case .unavailable: throw DataRefusal.unavailable
        case .slow: try await waitForTurn(of: route, after: turn)
        case .drop, .queue, .none: break
        }
        let answer = try await answer(route, session, body, queued: fault == .queue)
        if fault == .drop {
            try await cut()
            throw CancellationError()
        }
        return answer
    }

    private func answer(
        _ route: DataRoute, _ session: DataSession, _ body: DataBody, queued: Bool
    ) async throws -> DataAnswer {
        switch route {
        case .context: context(session)
        case .patient: try patient(session, body)
        case .notes: try writeNote(session, body, queued: queued)
        case .placeCall: try placeCall(session, body)
        case .schedule: schedule(session)
        case .awaitCalls: try await awaitCalls(session, body)
        case .answerCall: try settleCall(session, body, as: .answered)
        case .declineCall: try settleCall(session, body, as: .declined)
        }
    }

    private func waitForTurn(of route: DataRoute, after turn: Int) async throws {
        while true {
            let (state, generation) = self.state.current
            if state.faults.turn(of: route) != turn { return }
            await self.state.wait(after: generation)
            try Task.checkCancellation()
        }
    }
}

extension HTTPField.Name {
    fileprivate static let xRequestID = Self("X-Request-Id")!
}
