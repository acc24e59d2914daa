package import Gateway
package import Platform
package import Sessions
import StrictJSON

/// Answers every request to `welkin-launch`: a function of the request and the time.
package final class LaunchHandler: Sendable {
    /// The program's name in the log.
    package static let program = "welkin-launch"

    /// The settings in force at a given time; nil while they are unusable.
    let settings: @Sendable (_ now: UnixTime) -> LaunchSettings?
    let services: LaunchServices
    /// CGI starts a process for each request, and nobody could read its counters.
    private let offersMetrics: Bool

    /// - Parameters:
    ///   - settings: the settings in force at a given time; nil while they are unusable: then the
    ///     handler answers every launch with 503
    ///   - metrics: counts launches and sessions
    ///   - offersMetrics: whether to answer `/metrics`; a CGI process has nothing to report
    ///   - log: writes an event
    ///   - store: opens the state folder that the settings name
    package init(
        settings: @escaping @Sendable (_ now: UnixTime) -> LaunchSettings?, metrics: Metrics = Metrics(),
        offersMetrics: Bool = true, log: @escaping @Sendable (LogLine) -> Void = { $0.write() },
        store: @escaping @Sendable (_ folder: String) -> any StateStore = { StateFolder(path: $0) }
    ) {
        self.settings = settings
        self.offersMetrics = offersMetrics
        services = LaunchServices(metrics: metrics, log: log, store: store)
    }

    /// Answers a request. A failure is an answer, too.
    package func respond(to request: Request, now: UnixTime) -> Response {
        guard let settings = settings(now) else { return unusable(request) }
        switch Route(path: request.path, settings: settings) {
        case .launch(let app):
            return LaunchRoute(services: services, settings: settings, app: app, now: now).respond(to: request)
        case .session(let app, let launch):
            return sessions(settings, app, launch, now).respond(to: request)
        case .authorize: return authorize(request, settings, now)
        case .health: return operatorOnly(request) { health(settings) }
        case .metrics where offersMetrics:
            return operatorOnly(request) {
                Answers.text(200, services.metrics.text(), type: PrometheusText.mediaType)
            }
        case .metrics, .unknown: return notFound(request)
        }
    }

    func sessions(_ settings: LaunchSettings, _ app: App, _ launch: LaunchID, _ now: UnixTime) -> SessionRoute {
        SessionRoute(services: services, settings: settings, app: app, launch: launch, now: now)
    }

    /// Whether launches can succeed: the settings are valid, and the state folder responds.
    private func health(_ settings: LaunchSettings) -> Response {
        do {
            _ = try services.store(of: settings)?.happened(StateEvent(.ended, []))
            return Answers.json(200) { $0.member("status", "ok") }
        } catch {
            services.log(LogLine("state").with("outcome", "unavailable").with("errno", "\(error.code)"))
            return Answers.json(503, [Answers.retryLater]) { $0.member("status", LaunchRefusal.state.rawValue) }
        }
    }

    private func operatorOnly(_ request: Request, _ answer: () -> Response) -> Response {
        guard request.method == "GET" || request.method == "HEAD" else {
            return services.refused(
                LogLine("request"), RequestRefusal(.method), 405, .notUnderstood, asJSON: true,
                headers: [Response.Header("Allow", "GET")])
        }
        return answer()
    }

    private func notFound(_ request: Request) -> Response {
        services.refused(
            LogLine("request"), RequestRefusal(.notFound), 404, .notFound,
            asJSON: MediaType.prefersJSON(accept: request.accept))
    }

    /// Without usable settings every request is refused, even the health check.
    private func unusable(_ request: Request) -> Response {
        services.refused(
            LogLine("request"), RequestRefusal(LaunchRefusal.settings, code: "unavailable"), 503, .unavailable,
            asJSON: MediaType.prefersJSON(accept: request.accept), headers: [Answers.retryLater])
    }
}

extension LogLine {
    /// A line about one kind of handler event.
    init(_ event: String) { self.init(event, of: LaunchHandler.program) }
}
