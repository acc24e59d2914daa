import Identifiers
import Launch
import Platform
import Settings
import StrictJSON
import Tokens

/// One deployment with two Apps, at one time, and tokens that are good there and then.
struct Fixtures {
    static let now = UnixTime(seconds: 1_800_000_000)
    static let secret = "0123456789abcdef0123456789abcdef"
    static let sessionKey = "base64:c2Vzc2lvbiBrZXksIHRoaXJ0eS10d28gYnl0ZXMgbG9uZw=="
    static let worker = "7a6b5c4d-3e2f-4a1b-8c9d-0e1f2a3b4c5d"
    static let patient = "3f0e1a52-6b7c-4d8e-9f10-a1b2c3d4e5f6"
    static let provider = "c0ffee00-1234-4abc-8def-0123456789ab"
    static let environment = [
        "WELKIN_APPS": "main,video", "WELKIN_APP_URL": "https://app.example/launch", "WELKIN_CLIENT_ID": "client-1",
        "WELKIN_CLIENT_SECRET": secret, "WELKIN_SESSION_KEY": sessionKey, "WELKIN_VIDEO_HANDOFF": "off",
    ]

    let settings: LaunchSettings
    let key = MACKey(Secret(Array(secret.utf8)))
    /// What Welkin would post.
    let launchToken: [UInt8]

    init() {
        let loaded = LaunchSettings.load(environment: Self.environment)
        guard let settings = loaded.value else { fatalError("the fixtures' settings: \(loaded.problems)") }
        self.settings = settings
        launchToken = TokenSigner(type: "JWT", key: key).sign(Self.claims)
    }

    var app: App { settings.app(named: .main)! }

    private static var claims: [UInt8] {
        var writer = JSONWriter()
        writer.object {
            $0.member("iss", "coach.welkinhealth.com")
            $0.member("aud", "https://app.example/launch")
            $0.member("exp", (now + 600).seconds)
            $0.member("welkin_oauth_client_id", "client-1")
            $0.member("welkin_patient_id", patient)
            $0.member("welkin_worker_id", worker)
            $0.member("welkin_provider_id", provider)
        }
        return writer.bytes
    }
}
