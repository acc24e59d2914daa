public import Gateway
internal import StrictJSON

/// Answers every request of `welkin-launch`: one function from a request and the time.
public final class LaunchHandler: Sendable {
    /// The settings in force at a time; nil while they are unusable.
    let settings: @Sendable (_ now: Int64) -> Settings?
    let metrics: Metrics
    /// CGI makes a process for each request, whose counters nobody could read.
    let offersMetrics: Bool
    /// Where events are written; ``LogLine/write()`` in the program.
    let log: @Sendable (LogLine) -> Void
    /// The store for a folder; the settings say which folder, if any.
    let store: @Sendable (_ folder: String) -> any StateStore

    /// - Parameters:
    ///   - settings: the settings in force at a time in seconds since 1970; nil while they are unusable: then every
    ///     launch is answered 503
    ///   - metrics: where launches and sessions are counted
    ///   - offersMetrics: whether `/metrics` is answered; a CGI process has nothing to tell
    ///   - log: where events are written
    ///   - store: the store for the state folder that the settings name
    public init(
        settings: @escaping @Sendable (_ now: Int64) -> Settings?, metrics: Metrics = Metrics(),
        offersMetrics: Bool = true, log: @escaping @Sendable (LogLine) -> Void = { $0.write() },
        store: @escaping @Sendable (_ folder: String) -> any StateStore = { StateFolder(path: $0) }
    ) {
        self.settings = settings
        self.metrics = metrics
        self.offersMetrics = offersMetrics
        self.log = log
        self.store = store
    }

    /// The answer to a request. This function can't fail: what goes wrong is an answer too.
    ///
    /// - Parameter now: seconds since 1970.
    public func respond(to request: Request, now: Int64) -> Response {
        guard let settings = settings(now) else { return unusable(request) }
        switch Route(path: request.path, settings: settings) {
        case .launch(let app):
            return LaunchRoute(handler: self, settings: settings, app: app, now: now).respond(to: request)
        case .session(let app, let launch):
            return sessions(settings, app, launch, now).respond(to: request)
        case .authorize: return authorize(request, settings, now)
        case .health: return operatorOnly(request) { health(settings) }
        case .metrics where offersMetrics:
            return operatorOnly(request) {
                Answers.text(200, metrics.text(), type: "text/plain; version=0.0.4; charset=utf-8")
            }
        case .metrics, .unknown: return notFound(request)
        }
    }

    /// The store of these settings, if they name one.
    func store(_ settings: Settings) -> (any StateStore)? { settings.stateFolder.map(store) }

    func sessions(_ settings: Settings, _ app: App, _ launch: LaunchID, _ now: Int64) -> SessionRoute {
        SessionRoute(handler: self, settings: settings, app: app, launch: launch, now: now)
    }

    /// Ready to launch somebody: the settings are right, and the state folder answers.
    private func health(_ settings: Settings) -> Response {
        do {
            _ = try self.store(settings)?.happened(StateEvent(.ended, []))
            return Answers.json(200) { $0.member("status", "ok") }
        } catch {
            log(LogLine("state").with("outcome", "unavailable").with("errno", "\(error.code)"))
            return Answers.json(503, [Answers.retryLater]) { $0.member("status", LaunchRefusal.state.rawValue) }
        }
    }

    private func operatorOnly(_ request: Request, _ answer: () -> Response) -> Response {
        guard request.method == "GET" || request.method == "HEAD" else {
            return refused(
                LogLine("request"), .method, 405, .notUnderstood, asJSON: true,
                headers: [Response.Header("Allow", "GET")])
        }
        return answer()
    }

    private func notFound(_ request: Request) -> Response {
        refused(LogLine("request"), .notFound, 404, .notFound, asJSON: MediaType.prefersJSON(accept: request.accept))
    }

    /// Without usable settings nobody is let in, not even to the health check.
    private func unusable(_ request: Request) -> Response {
        refused(
            LogLine("request"), RequestRefusal(LaunchRefusal.settings, code: "unavailable"), 503, .unavailable,
            asJSON: MediaType.prefersJSON(accept: request.accept), headers: [Answers.retryLater])
    }

    /// An error's answer, and the log's line with the same reference: nobody is shown one that no log has.
    ///
    /// - Parameters:
    ///   - line: how the log's line begins: the event, and what it is about
    ///   - hostOrigin: as for ``ErrorPage/response(_:code:_:id:hostOrigin:asJSON:headers:)``
    func refused(
        _ line: LogLine, _ refusal: RequestRefusal, _ status: Int, _ message: ErrorMessage,
        hostOrigin: Origin? = nil, asJSON: Bool, headers: [Response.Header] = []
    ) -> Response {
        let id = CorrelationID()
        log(line.with("outcome", "refused").with("reason", refusal.reason).with("id", id.text))
        return ErrorPage.response(
            status, code: refusal.code, message, id: id, hostOrigin: hostOrigin, asJSON: asJSON, headers: headers)
    }
}
