package import Identifiers
package import Platform
import StrictJSON
package import Tokens

/// Who sees which patient in one launch, and until when. The browser keeps it, signed.
package struct Session: Sendable, Equatable {
    /// The App; the session is valid for no other.
    package let app: AppName
    /// The launch; the session is valid only under its path.
    package let launch: LaunchID
    /// The worker who is signed in.
    package let worker: WorkerID
    /// The patient; nil when the App was opened from outside a patient.
    package let patient: PatientID?
    /// The Welkin environment.
    package let provider: ProviderID
    /// When the App was launched.
    package let started: UnixTime
    /// When it expires unless it is renewed.
    package private(set) var expires: UnixTime

    /// The session of a launch that was just verified.
    ///
    /// - Parameter random: the source of its ``launch``.
    package init(
        worker: WorkerID, patient: PatientID?, provider: ProviderID, policy: SessionPolicy, now: UnixTime,
        random: inout RandomSupply
    ) {
        app = policy.app
        launch = LaunchID(random: &random)
        self.worker = worker
        self.patient = patient
        self.provider = provider
        started = now
        expires = min(now + policy.idle, now + policy.maximum)
    }

    /// When it ends, even if it is renewed.
    package func ends(_ policy: SessionPolicy) -> UnixTime { started + policy.maximum }

    /// The same session with its idle time restarted.
    package func renewed(_ policy: SessionPolicy, now: UnixTime) -> Session {
        var session = self
        session.expires = min(now + policy.idle, ends(policy))
        return session
    }

    /// The claims of a session token. Registered names (RFC 7519, section 4.1) where one
    /// exists; short ones, because cookie space is scarce (Chromium: 10 KiB per site in total).
    package var claims: [UInt8] {
        var writer = JSONWriter()
        writer.object {
            $0.member("jti", launch.text)
            $0.member("app", app.text)
            $0.member("sub", worker.text)
            if let patient { $0.member("pat", patient.text) }
            $0.member("prv", provider.text)
            $0.member("iat", started.seconds)
            $0.member("exp", expires.seconds)
        }
        return writer.bytes
    }

    /// Nil when these are not the claims of a session.
    init?(claims: JSONValue) {
        guard let launch = claims["jti"]?.string.flatMap({ LaunchID($0) }),
            let app = claims["app"]?.string.flatMap(AppName.init),
            let worker = claims["sub"]?.string.flatMap({ WorkerID($0) }),
            let provider = claims["prv"]?.string.flatMap({ ProviderID($0) }),
            let started = claims["iat"]?.integer, let expires = claims["exp"]?.integer
        else { return nil }
        self.app = app
        self.launch = launch
        self.worker = worker
        patient = claims["pat"]?.string.flatMap { PatientID($0) }
        self.provider = provider
        self.started = UnixTime(seconds: started)
        self.expires = UnixTime(seconds: expires)
        // The signature is ours, but an unreadable patient must not pass for "no patient".
        if claims["pat"] != nil, patient == nil { return nil }
    }
}
