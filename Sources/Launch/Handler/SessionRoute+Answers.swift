import Gateway
import Identifiers
import Platform
import Sessions
import StrictJSON

extension SessionRoute {
    /// Runs one action, counts it, and turns a failure into an answer.
    func answer(_ action: SessionAction, _ body: () throws(SessionFailure) -> Response) -> Response {
        do throws(SessionFailure) {
            let response = try body()
            services.metrics.session(app: app, action: action, outcome: "ok")
            return response
        } catch {
            switch error {
            case .refused(let refusal):
                return refused(action, RequestRefusal(refusal), 401, .noSession)
            case .state(let error):
                services.log(LogLine("state").with("outcome", "unavailable").with("errno", "\(error.code)"))
                return refused(
                    action, RequestRefusal(LaunchRefusal.state, code: "unavailable"), 503, .unavailable,
                    headers: [Answers.retryLater])
            }
        }
    }

    /// Counts a refusal, and answers with it.
    func refused(
        _ action: SessionAction, _ refusal: RequestRefusal, _ status: Int, _ message: ErrorMessage,
        headers: [Response.Header] = []
    ) -> Response {
        services.metrics.session(app: app, action: action, outcome: refusal.reason)
        let line = LogLine("session").with("action", action.rawValue).with("app", app.name.text)
            .with("launch", settings.keys.pseudonym(launch.text))
        return services.refused(
            line, refusal, status, message, hostOrigin: app.hostOrigin, asJSON: true, headers: headers)
    }

    /// The session as the page needs it. Times are by the server's clock, in seconds since 1970, so
    /// that a browser whose clock is wrong knows how much time is left.
    func json(_ session: Session, token: String?) -> Response {
        Answers.json(200) {
            $0.member("app", session.app.text)
            $0.member("launch", session.launch.text)
            $0.member("worker", session.worker.text)
            $0.member("patient", session.patient?.text)
            $0.member("provider", session.provider.text)
            $0.member("host_origin", app.hostOrigin.text)
            $0.member("now", now.seconds)
            $0.member("expires_at", session.expires.seconds)
            $0.member("ends_at", session.ends(app.policy).seconds)
            if let token { $0.member("token", token) }
        }
    }
}

/// What a request wants to do with a session, for the log and the metrics.
enum SessionAction: String {
    case read
    case exchange
    case renew
    case end
    /// nginx asks on behalf of an App's own back end.
    case authorize
    /// A POST that was refused before it was known to be an exchange or a renewal.
    case post
    /// A method that the route does not have.
    case other
}
