import Gateway
import Identifiers
import Platform
import Sessions

extension LaunchHandler {
    /// `/_authorize`: nginx asks (ngx_http_auth_request_module) whether a request may go on to an
    /// App's own back end, and tells the back end who is asking. Only nginx itself can name APP, LAUNCH
    /// and the original method: they are FastCGI parameters, or override a client's header.
    func authorize(_ request: Request, _ settings: LaunchSettings, _ now: UnixTime) -> Response {
        let asked = request.subrequest
        guard let app = asked.app.flatMap({ AppName($0) }).flatMap(settings.app(named:)),
            let launch = asked.launch.flatMap({ LaunchID($0) })
        else {
            return services.refused(
                LogLine("session").with("action", SessionAction.authorize.rawValue), RequestRefusal(.notFound), 403,
                .notFound, asJSON: true)
        }
        let route = sessions(settings, app, launch, now)
        let isSafe = ["GET", "HEAD", "OPTIONS"].contains(asked.originalMethod ?? "")
        guard isSafe || route.reader.isOwnOrigin(request) else {
            return route.refused(.authorize, RequestRefusal(.origin), 403, .wrongOrigin)
        }
        return route.answer(.authorize) { () throws(SessionFailure) in
            let session = try route.reader.session(of: request, now: now)
            var headers = [
                Response.Header("X-Welkin-App", session.app.text),
                Response.Header("X-Welkin-Launch", session.launch.text),
                Response.Header("X-Welkin-Worker", session.worker.text),
                Response.Header("X-Welkin-Provider", session.provider.text),
                Response.Header("X-Welkin-Expires-At", "\(session.expires.seconds)"),
            ]
            if let patient = session.patient { headers.append(Response.Header("X-Welkin-Patient", patient.text)) }
            return Answers.empty(204, headers)
        }
    }
}
