import Records
import NIOPosix
import Platform

/// Sends requests to the App as a browser would, but one at a time: it follows no redirect by itself and reads only the
/// first piece of a body. It contacts the App's own origin only.
struct AppVisitor: Sendable {
    /// How long a connection may take.
    static let connectTime = Duration.seconds(3)
    /// How long an answer may take. Welkin requires one second.
    static let answerTime = Duration.seconds(5)

    let app: AppAddress
    /// See ``HostSettings/authorities``.
    let authorities: String?
    /// The origin of the page that frames the App.
    let host: Origin

    /// Checks that something listens at the App's address: connects, and sends nothing. Nil on success.
    func knock() async -> ReachFailure? {
        let failure = await Self.waiting {
            // Without TLS: this only checks the connection.
            var exchange = AppExchange(with: app.place, url: "http://\(app.place.host):\(app.place.port)/")
            return exchange.connect()
        }
        return failure ?? Self.givenUp
    }

    /// One request.
    func visit(_ request: AppVisit.Request) async -> AppVisit {
        let call = AppCall(request, to: app, from: host)
        let visit = await Self.waiting {
            let clock = ContinuousClock()
            let start = clock.now
            let outcome = outcome(of: call)
            return AppVisit(method: call.method, url: call.url, outcome: outcome, time: start.duration(to: clock.now))
        }
        return visit ?? AppVisit(method: call.method, url: call.url, outcome: .failure(Self.givenUp), time: .zero)
    }

    private func outcome(of call: AppCall) -> AppVisit.Outcome {
        var exchange = AppExchange(with: app.place, url: call.url, authorities: authorities)
        do {
            let answer = try exchange.ask(call)
            let shown = exchange.certificates
            return shown.first?.signsHandshakes == false ? .failure(.certificate(.unfit)) : .answer(answer)
        } catch .certificate(let fault) where fault != .otherName {
            let now = Instant(microseconds: Clock.microseconds)
            return .failure(.certificate(fault.explained(by: certificates(), now: now)))
        } catch {
            return .failure(error)
        }
    }

    /// Fetches the certificates again, because libcurl does not expose refused ones. Sends nothing over that
    /// connection.
    private func certificates() -> [ShownCertificate] {
        var exchange = AppExchange(with: app.place, url: "\(app.place)/")
        exchange.believeEveryCertificate()
        _ = exchange.connect()
        return exchange.certificates
    }

    /// Threads that may block; neither Swift's own nor the event loops may. One for each page that may check an App
    /// that hangs.
    private static let threads = {
        let threads = NIOThreadPool(numberOfThreads: 8)
        threads.start()
        return threads
    }()

    /// Never shown: nobody waits for it any more.
    private static let givenUp = ReachFailure.other("it was given up")

    /// The result of the work; nil if the task is cancelled first, so that the simulator can stop. The work itself
    /// ends within its time limits.
    private static func waiting<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async -> Value? {
        let (results, result) = AsyncStream.makeStream(of: Value.self)
        threads.submit { _ in
            result.yield(work())
            result.finish()
        }
        return await results.first { _ in true }
    }
}
