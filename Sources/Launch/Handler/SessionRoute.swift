internal import Gateway
internal import StrictJSON

/// `/a/APP/LAUNCH/session`: who is signed in, exchange of the hand-off, renewal, end.
struct SessionRoute {
    let handler: LaunchHandler
    let settings: Settings
    let app: App
    let launch: LaunchID
    let now: Int64

    private var codec: SessionCodec { SessionCodec(keys: settings.keys) }
    private var path: String { app.pagePath(launch) }

    func respond(to request: Request) -> Response {
        switch request.method {
        case "GET", "HEAD":
            return answer("read") { () throws(SessionFailure) in json(try session(of: request), token: nil) }
        case "POST": return post(request)
        case "DELETE": return delete(request)
        default:
            return refused(
                "other", .method, 405, .notUnderstood, headers: [Response.Header("Allow", "GET, POST, DELETE")])
        }
    }

    private func post(_ request: Request) -> Response {
        guard request.origin == app.url.origin.text else { return refused("post", .origin, 403, .wrongOrigin) }
        guard let type = request.contentType, MediaType.is("application/json", type) else {
            return refused("post", .contentType, 415, .notUnderstood)
        }
        if request.body == .tooLarge { return refused("post", .tooLarge, 413, .notUnderstood) }
        guard case .bytes(let bytes) = request.body, let body = try? JSONDocument(parsing: bytes, maximumDepth: 4).root,
            body.kind == .object
        else { return refused("post", .body, 400, .notUnderstood) }
        guard let handoff = body["handoff"] else {
            return answer("renew") { () throws(SessionFailure) in try renew(session(of: request)) }
        }
        return answer("exchange") { () throws(SessionFailure) in try exchange(handoff.string ?? "") }
    }

    private func exchange(_ text: String) throws(SessionFailure) -> Response {
        guard app.offersHandoff else { throw .refused(.handoffDisabled) }
        let opened: (session: Session, expires: Int64)
        do {
            opened = try Handoff(keys: settings.keys).open(text, app: app, launch: launch, now: now)
        } catch { throw .refused(error) }
        try refuseEnded()
        let before = try remembered { store throws(StateError) in
            try store.first(StateEvent(.exchanged, Array(text.utf8)), now: now, expires: opened.expires + 1)
        }
        guard before == nil else { throw .refused(.handoffUsed) }
        return try renew(opened.session)
    }

    /// A session with its idle time begun anew, as cookie and, for pages without one, as token.
    private func renew(_ session: Session) throws(SessionFailure) -> Response {
        let renewed = session.renewed(app, now: now)
        let token = codec.token(for: renewed.claims)
        var response = json(renewed, token: app.offersHandoff ? String(decoding: token, as: UTF8.self) : nil)
        response.headers.append(SessionCookie.header(token, path: path, maximumAge: renewed.expires - now))
        return response
    }

    private func delete(_ request: Request) -> Response {
        guard request.origin == app.url.origin.text else { return refused("end", .origin, 403, .wrongOrigin) }
        return answer("end") { () throws(SessionFailure) in
            let session = try session(of: request)
            _ = try remembered { store throws(StateError) in
                try store.first(ending, now: now, expires: session.ends(app) + 1)
            }
            return Answers.empty(204, [SessionCookie.header([], path: path, maximumAge: 0)])
        }
    }

    /// The first good session among those that the request shows.
    func session(of request: Request) throws(SessionFailure) -> Session {
        var refusal = SessionRefusal.missing
        for token in candidates(request) {
            let session: Session
            do {
                session = try codec.session(token, app: app, launch: launch, now: now)
            } catch {
                // One that has run out says more than one that is none.
                if refusal != .expired { refusal = error }
                continue
            }
            try refuseEnded()
            return session
        }
        throw .refused(refusal)
    }

    /// What the page holds in memory goes before the cookie: it is the newer one.
    private func candidates(_ request: Request) -> [String] {
        var tokens: [String] = []
        if app.offersHandoff {
            if let header = request.sessionHeader { tokens.append(header) }
            if let header = request.authorization, header.lowercased().hasPrefix("bearer ") {
                tokens.append(String(header.dropFirst(7)))
            }
        }
        return tokens + Cookies.values(SessionCookie.name, in: request.cookie ?? "")
    }

    private func refuseEnded() throws(SessionFailure) {
        let isEnded = try remembered { store throws(StateError) in
            try store.happened(ending) ? true : nil
        }
        guard isEnded == nil else { throw .refused(.ended) }
    }

    private var ending: StateEvent { StateEvent(.ended, Array(launch.text.utf8)) }

    /// What the store says; nil when there is none.
    private func remembered<Answer>(
        _ ask: (any StateStore) throws(StateError) -> Answer?
    ) throws(SessionFailure) -> Answer? {
        guard let store = handler.store(settings) else { return nil }
        do { return try ask(store) } catch { throw .state(error) }
    }
}
