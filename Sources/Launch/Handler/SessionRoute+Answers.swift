internal import Gateway
internal import StrictJSON

/// Why a session request is not answered with a session.
enum SessionFailure: Error {
    case refused(SessionRefusal)
    case state(StateError)
}

extension SessionRoute {
    /// Runs one action, counts it, and turns what goes wrong into an answer.
    func answer(_ action: String, _ body: () throws(SessionFailure) -> Response) -> Response {
        do throws(SessionFailure) {
            let response = try body()
            handler.metrics.session(app: app, action: action, outcome: "ok")
            return response
        } catch {
            switch error {
            case .refused(let refusal):
                return refused(action, RequestRefusal(refusal.rawValue, code: refusal.public), 401, .noSession)
            case .state(let error):
                handler.log(LogLine("state").with("outcome", "unavailable").with("errno", "\(error.code)"))
                return refused(
                    action, RequestRefusal(LaunchRefusal.state, code: "unavailable"), 503, .unavailable,
                    headers: [Answers.retryLater])
            }
        }
    }

    /// Counts a refusal, and answers with it.
    func refused(
        _ action: String, _ refusal: RequestRefusal, _ status: Int, _ message: ErrorMessage,
        headers: [Response.Header] = []
    ) -> Response {
        handler.metrics.session(app: app, action: action, outcome: refusal.reason)
        let line = LogLine("session").with("action", action).with("app", app.name.text)
            .with("launch", settings.keys.pseudonym(launch.text))
        return handler.refused(
            line, refusal, status, message, hostOrigin: app.hostOrigin, asJSON: true, headers: headers)
    }

    /// What the page needs to know. Times are the server's own, in seconds since 1970, so that a
    /// browser whose clock is wrong can tell how long is left.
    func json(_ session: Session, token: String?) -> Response {
        Answers.json(200) {
            $0.member("app", session.app.text)
            $0.member("launch", session.launch.text)
            $0.member("worker", session.worker.text)
            $0.member("patient", session.patient?.text)
            $0.member("provider", session.provider.text)
            $0.member("host_origin", app.hostOrigin.text)
            $0.member("now", now)
            $0.member("expires_at", session.expires)
            $0.member("ends_at", session.ends(app))
            if let token { $0.member("token", token) }
        }
    }
}
