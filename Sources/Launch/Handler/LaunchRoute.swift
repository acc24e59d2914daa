import Gateway
import Identifiers
import Platform
import Sessions
import Tokens

/// `POST /launch`: from Welkin's token to the redirect to the App.
struct LaunchRoute {
    /// How long a repeated token counts as a double click, in seconds. Welkin's tokens of one second
    /// are equal, so two clicks on a slow button send the same token twice.
    static let doubleClick: Int64 = 3

    let services: LaunchServices
    let settings: LaunchSettings
    let app: App
    let now: UnixTime

    func respond(to request: Request) -> Response {
        do throws(LaunchRefusal) {
            let token = try LaunchToken(verifying: Self.token(in: request), for: app, now: now)
            services.metrics.verified(app: app, secret: token.secret)
            try refuseReplay(of: token)
            return launched(token)
        } catch {
            return refused(error, request)
        }
    }

    /// The token in the form, if the request is one that Welkin sends.
    static func token(in request: Request) throws(LaunchRefusal) -> [UInt8] {
        guard request.method == "POST" else { throw .method }
        guard let type = request.contentType, MediaType.is("application/x-www-form-urlencoded", type) else {
            throw .contentType
        }
        let body: [UInt8]
        switch request.body {
        case .bytes(let bytes): body = bytes
        case .undeclared: throw .lengthMissing
        case .invalidLength: throw .lengthInvalid
        case .tooLarge: throw .tooLarge
        case .lengthMismatch: throw .lengthMismatch
        }
        guard let form = Form(parsing: body) else { throw .form }
        guard !Form.names(in: request.query).contains("token") else { throw .tokenInQuery }
        let tokens = form.values("token")
        guard let token = tokens.first else { throw .tokenMissing }
        guard tokens.count == 1 else { throw .tokenRepeated }
        return token
    }

    private func refuseReplay(of token: LaunchToken) throws(LaunchRefusal) {
        guard let store = services.store(of: settings) else { return }
        let forgotten = token.expires + app.leeway + 1
        do {
            let event = StateEvent(.launched, token.signature)
            guard let before = try store.first(event, now: now, expires: forgotten) else { return }
            // Setting the clock back must not make a used token fresh.
            guard abs(now - before) > Self.doubleClick else { return }
        } catch {
            services.log(LogLine("state").with("outcome", "unavailable").with("errno", "\(error.code)"))
            throw .state
        }
        throw .replayed
    }

    private func launched(_ token: LaunchToken) -> Response {
        var random = RandomSupply(LaunchID.size + (app.policy.offersHandoff ? SealingKey.nonceSize : 0))
        let session = Session(
            worker: token.worker, patient: token.patient, provider: token.provider, policy: app.policy, now: now,
            random: &random)
        let claims = session.claims
        let path = app.policy.pagePath(session.launch)
        // Absolute, because RFC 3875, section 6.2.2, lets the server handle a bare path itself.
        var location = Array(app.url.origin.text.utf8)
        location.append(path)
        if app.policy.offersHandoff {
            location.append("#handoff=")
            location += Handoff(keys: settings.keys).seal(session, claims: claims, now: now, random: &random)
            // Lets the page load what it needs without a patient while it requests its session.
            if session.patient == nil { location.append("&patient=none") }
        }
        let cookie = SessionCookie.header(
            SessionCodec(keys: settings.keys).token(for: claims), path: path, maximumAge: session.expires - now)
        services.metrics.launch(app: app, refusal: nil)
        services.log(
            LogLine("launch").with("outcome", "launched").with("app", app.name.text)
                .with("launch", settings.keys.pseudonym(session.launch.text))
                .with("worker", settings.keys.pseudonym(session.worker.folded))
                .with("secret", token.secret.shortID))
        return Answers.empty(302, [Response.Header("Location", checked: location), cookie])
    }

    private func refused(_ refusal: LaunchRefusal, _ request: Request) -> Response {
        services.metrics.launch(app: app, refusal: refusal)
        let status = refusal.status
        var headers: [Response.Header] = []
        if status == 405 { headers.append(Response.Header("Allow", "POST")) }
        if status == 503 { headers.append(Answers.retryLater) }
        return services.refused(
            LogLine("launch").with("app", app.name.text), RequestRefusal(refusal, code: "launch_refused"), status,
            refusal.message, hostOrigin: app.hostOrigin, asJSON: MediaType.prefersJSON(accept: request.accept),
            headers: headers)
    }
}

extension LaunchRefusal {
    /// The answer's status. It reveals the kind of problem and no more.
    package var status: Int {
        switch self {
        case .method: 405
        case .contentType: 415
        case .tooLarge: 413
        case .lengthMissing, .lengthInvalid, .lengthMismatch, .form, .tokenInQuery, .tokenMissing, .tokenRepeated: 400
        case .settings, .state: 503
        default: 401
        }
    }

    /// The text for the App's user.
    fileprivate var message: ErrorMessage {
        switch status {
        case 405: .notByHand
        case 503: .unavailable
        case 401: .notVerified
        default: .notUnderstood
        }
    }
}
