internal import StrictJSON
public import Tokens

/// Who looks at which patient in one launch, and until when. It is kept by the browser, signed.
public struct Session: Sendable, Equatable {
    /// The App; the session is good for no other.
    public let app: AppName
    /// The launch; the session is good under its path only.
    public let launch: LaunchID
    /// The worker who is signed in.
    public let worker: Identifier
    /// The patient; nil when the App was opened from outside a patient.
    public let patient: Identifier?
    /// The Welkin environment.
    public let provider: Identifier
    /// When the App was launched, in seconds since 1970.
    public let started: Int64
    /// When it ends unless it is renewed, in seconds since 1970.
    public private(set) var expires: Int64

    /// The session of a launch that was just verified.
    ///
    /// - Parameter random: where its ``launch`` is taken from.
    public init(_ token: LaunchToken, app: App, now: Int64, random: inout RandomSupply) {
        self.app = app.name
        launch = LaunchID(random: &random)
        worker = token.worker
        patient = token.patient
        provider = token.provider
        started = now
        expires = min(now + app.sessionIdle, now + app.sessionMaximum)
    }

    /// When it ends whatever happens.
    public func ends(_ app: App) -> Int64 { started + app.sessionMaximum }

    /// The same session with its idle time begun anew.
    public func renewed(_ app: App, now: Int64) -> Session {
        var session = self
        session.expires = min(now + app.sessionIdle, ends(app))
        return session
    }

    /// The claims of a session token. Registered names (RFC 7519, section 4.1) where there is
    /// one; short ones, because cookies are scarce (Chromium: 10 KiB a site for all of them).
    var claims: [UInt8] {
        var writer = JSONWriter()
        writer.object {
            $0.member("jti", launch.text)
            $0.member("app", app.text)
            $0.member("sub", worker.text)
            if let patient { $0.member("pat", patient.text) }
            $0.member("prv", provider.text)
            $0.member("iat", started)
            $0.member("exp", expires)
        }
        return writer.bytes
    }

    /// Nil when these are not the claims of a session.
    init?(claims: JSONValue) {
        guard let launch = claims["jti"]?.string.flatMap({ LaunchID($0) }),
            let app = claims["app"]?.string.flatMap(AppName.init),
            let worker = claims["sub"]?.string.flatMap(Identifier.init),
            let provider = claims["prv"]?.string.flatMap(Identifier.init),
            let started = claims["iat"]?.integer, let expires = claims["exp"]?.integer
        else { return nil }
        self.app = app
        self.launch = launch
        self.worker = worker
        patient = claims["pat"]?.string.flatMap(Identifier.init)
        self.provider = provider
        self.started = started
        self.expires = expires
        // Our own signature is under it, but a patient that cannot be read is not "no patient".
        if claims["pat"] != nil, patient == nil { return nil }
    }
}
