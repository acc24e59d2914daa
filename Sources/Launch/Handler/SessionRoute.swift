import Gateway
import Platform
import Sessions
import StrictJSON

/// `/a/APP/LAUNCH/session`: reads, exchanges, renews and ends a session.
struct SessionRoute {
    let services: LaunchServices
    let settings: LaunchSettings
    let app: App
    let launch: LaunchID
    let now: UnixTime

    var reader: SessionReader {
        SessionReader(keys: settings.keys, policy: app.policy, launch: launch, store: services.store(of: settings))
    }
    private var path: String { app.policy.pagePath(launch) }

    func respond(to request: Request) -> Response {
        switch request.method {
        case "GET", "HEAD":
            return answer(.read) { () throws(SessionFailure) in json(try session(of: request), token: nil) }
        case "POST": return post(request)
        case "DELETE": return delete(request)
        default:
            return refused(
                .other, RequestRefusal(.method), 405, .notUnderstood,
                headers: [Response.Header("Allow", "GET, POST, DELETE")])
        }
    }

    private func post(_ request: Request) -> Response {
        guard reader.isOwnOrigin(request) else { return refused(.post, RequestRefusal(.origin), 403, .wrongOrigin) }
        guard let type = request.contentType, MediaType.is("application/json", type) else {
            return refused(.post, RequestRefusal(.contentType), 415, .notUnderstood)
        }
        if request.body == .tooLarge { return refused(.post, RequestRefusal(.tooLarge), 413, .notUnderstood) }
        guard case .bytes(let bytes) = request.body, let body = try? JSONDocument(parsing: bytes, maximumDepth: 4).root,
            body.kind == .object
        else { return refused(.post, RequestRefusal(.body), 400, .notUnderstood) }
        guard let handoff = body["handoff"] else {
            return answer(.renew) { () throws(SessionFailure) in try renew(session(of: request)) }
        }
        return answer(.exchange) { () throws(SessionFailure) in try exchange(handoff.string ?? "") }
    }

    private func exchange(_ text: String) throws(SessionFailure) -> Response {
        guard app.policy.offersHandoff else { throw .refused(.handoffDisabled) }
        let opened: (session: Session, expires: UnixTime)
        do {
            opened = try Handoff(keys: settings.keys).open(text, policy: app.policy, launch: launch, now: now)
        } catch { throw .refused(error) }
        try reader.refuseEnded()
        let before = try reader.remembered { store throws(StateError) in
            try store.first(StateEvent(.exchanged, Array(text.utf8)), now: now, expires: opened.expires + 1)
        }
        guard before == nil else { throw .refused(.handoffUsed) }
        return try renew(opened.session)
    }

    /// Restarts the idle time, and answers with a cookie and, for pages without cookies, a token.
    private func renew(_ session: Session) throws(SessionFailure) -> Response {
        let renewed = session.renewed(app.policy, now: now)
        let token = SessionCodec(keys: settings.keys).token(for: renewed.claims)
        var response = json(renewed, token: app.policy.offersHandoff ? String(decoding: token, as: UTF8.self) : nil)
        response.headers.append(SessionCookie.header(token, path: path, maximumAge: renewed.expires - now))
        return response
    }

    private func delete(_ request: Request) -> Response {
        guard reader.isOwnOrigin(request) else { return refused(.end, RequestRefusal(.origin), 403, .wrongOrigin) }
        return answer(.end) { () throws(SessionFailure) in
            let session = try session(of: request)
            _ = try reader.remembered { store throws(StateError) in
                try store.first(reader.ending, now: now, expires: session.ends(app.policy) + 1)
            }
            return Answers.empty(204, [SessionCookie.header([], path: path, maximumAge: 0)])
        }
    }

    private func session(of request: Request) throws(SessionFailure) -> Session {
        try reader.session(of: request, now: now)
    }
}
