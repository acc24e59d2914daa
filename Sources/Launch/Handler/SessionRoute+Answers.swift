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
            let id = CorrelationID()
            switch error {
            case .refused(let refusal):
                note(action, refusal.rawValue, id)
                return self.error(401, refusal.public, .noSession, id: id)
            case .state(let error):
                handler.log(LogLine("state").with("outcome", "unavailable").with("errno", "\(error.code)"))
                note(action, LaunchRefusal.state.rawValue, id)
                return self.error(503, "unavailable", .unavailable, id: id, headers: [Answers.retryLater])
            }
        }
    }

    func wrongOrigin(_ action: String) -> Response {
        let id = CorrelationID()
        note(action, "origin_refused", id)
        return error(403, "origin_refused", .wrongOrigin, id: id)
    }

    func error(
        _ status: Int, _ code: String, _ message: ErrorMessage, id: CorrelationID = CorrelationID(),
        headers: [Response.Header] = []
    ) -> Response {
        ErrorPage.response(
            status, code: code, message, id: id, hostOrigin: app.hostOrigin, asJSON: true, headers: headers)
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

    private func note(_ action: String, _ reason: String, _ id: CorrelationID) {
        handler.metrics.session(app: app, action: action, outcome: reason)
        // Anybody can ask without a session; that is counted, and would fill the log.
        if action == "read" || action == "authorize", reason == SessionRefusal.missing.rawValue { return }
        handler.log(
            LogLine("session").with("action", action).with("outcome", "refused").with("reason", reason)
                .with("id", id.text).with("app", app.name.text)
                .with("launch", settings.keys.pseudonym(launch.text)))
    }
}
