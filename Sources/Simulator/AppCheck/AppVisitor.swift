import Records
import FoundationEssentials
import NIOPosix
import Platform

/// Asks the App as a browser would, but one request at a time: it follows no redirect by itself and reads no more of
/// a body than its first piece. It asks the App's own origin and nobody else.
struct AppVisitor: Sendable {
    /// How long a connection may take.
    static let connectTime = Duration.seconds(3)
    /// How long an answer may take. Welkin asks for one second.
    static let answerTime = Duration.seconds(5)

    let app: AppAddress
    /// See ``HostSettings/authorities``.
    let authorities: String?
    /// Of the page that frames the App.
    let host: Origin

    /// Whether something listens where the App should: connects, and says nothing. Nil when it does.
    func knock() async -> ReachFailure? {
        let failure = await Self.waiting {
            // Without TLS, of which nothing is to be seen here.
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
            let now = Instant(microseconds: Int64(Date().timeIntervalSince1970 * 1_000_000))
            return .failure(.certificate(fault.explained(by: certificates(), now: now)))
        } catch {
            return .failure(error)
        }
    }

    /// A second look at the certificates, since nothing is to be seen of those that were refused. Nothing is sent to
    /// whoever shows them.
    private func certificates() -> [ShownCertificate] {
        var exchange = AppExchange(with: app.place, url: "\(app.place)/")
        exchange.believeEveryCertificate()
        _ = exchange.connect()
        return exchange.certificates
    }

    /// Threads that may wait: neither Swift's nor those of the network's loops may. As many as there may be pages that
    /// look at an App that hangs.
    private static let threads = {
        let threads = NIOThreadPool(numberOfThreads: 8)
        threads.start()
        return threads
    }()

    /// What nobody is told any more.
    private static let givenUp = ReachFailure.other("it was given up")

    /// What the work comes to; nil when the task is cancelled before, so that the simulator can end. The work itself
    /// ends within its limits.
    private static func waiting<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async -> Value? {
        let (results, result) = AsyncStream.makeStream(of: Value.self)
        threads.submit { _ in
            result.yield(work())
            result.finish()
        }
        return await results.first { _ in true }
    }
}
