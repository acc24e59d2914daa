import Gateway
import Launch
import Platform
import Sessions
import Settings
import StrictJSON
import Synchronization
import Testing
import Tokens

/// A claim that is other than in a good launch: JSON text, or nil when it is not there.
struct Claim {
    let name: String
    let json: String?

    init(_ name: String, _ json: String?) {
        self.name = name
        self.json = json
    }
}

/// A deployment for the tests: settings, a handler over them, and tokens as Welkin signs them.
struct Deployment {
    static let now = UnixTime(seconds: 1_800_000_000)
    static let secret = "0123456789abcdef0123456789abcdef"
    static let worker = "7a6b5c4d-3e2f-4a1b-8c9d-0e1f2a3b4c5d"
    static let patient = "3f0e1a52-6b7c-4d8e-9f10-a1b2c3d4e5f6"
    static let provider = "c0ffee00-1234-4abc-8def-0123456789ab"
    static let standard = [
        "WELKIN_APP_URL": "https://app.example/launch", "WELKIN_CLIENT_ID": "client-1", "WELKIN_CLIENT_SECRET": secret,
        "WELKIN_SESSION_KEY": key("session key, thirty-two bytes long"),
    ]

    /// A session key in the form that settings take.
    static func key(_ text: String) -> String {
        "base64:" + String(decoding: Base64.encode(Array(text.utf8)), as: UTF8.self)
    }

    let settings: LaunchSettings
    let handler: LaunchHandler
    let log = Log()
    let memory = MemoryStore()

    /// - Parameter store: used when `WELKIN_STATE_DIR` is set; nil for `memory`.
    init(_ changes: [String: String] = [:], store: (any StateStore)? = nil) throws {
        let loaded = LaunchSettings.load(environment: Self.standard.merging(changes) { $1 })
        let settings = try #require(loaded.value, "\(loaded.problems)")
        self.settings = settings
        let (log, store) = (log, store ?? memory)
        handler = LaunchHandler(settings: { _ in settings }, log: { log.add($0.description) }, store: { _ in store })
    }

    /// The claims of a good launch, with some of them changed.
    static func claims(_ changes: [Claim] = []) -> String {
        var claims = [
            ("iss", "\"coach.welkinhealth.com\""), ("aud", "\"https://app.example/launch\""), ("exp", "\(now + 600)"),
            ("welkin_oauth_client_id", "\"client-1\""), ("welkin_patient_id", "\"\(patient)\""),
            ("welkin_worker_id", "\"\(worker)\""), ("welkin_provider_id", "\"\(provider)\""),
        ]
        for change in changes {
            claims.removeAll { $0.0 == change.name }
            if let json = change.json { claims.append((change.name, json)) }
        }
        return "{" + claims.map { "\"\($0.0)\":\($0.1)" }.joined(separator: ",") + "}"
    }

    static func token(_ changes: [Claim] = [], secret: String = secret) -> String {
        let key = MACKey(Secret(Array(secret.utf8)))
        return String(decoding: TokenSigner(type: "JWT", key: key).sign(Array(claims(changes).utf8)), as: UTF8.self)
    }

    static func form(_ body: String, path: String = "/launch") -> Request {
        Request(
            method: "POST", path: path, contentType: "application/x-www-form-urlencoded", body: .bytes(Array(body.utf8))
        )
    }

    func launch(_ token: String = token(), path: String = "/launch", now: UnixTime = now) -> Response {
        handler.respond(to: Self.form("token=\(token)", path: path), now: now)
    }

    /// The reason code of the last line in the log.
    var reason: String? {
        log.last.flatMap { line in line.split(separator: " ").first { $0.hasPrefix("reason=") } }.map {
            String($0.dropFirst(7))
        }
    }
}

final class Log: Sendable {
    private let lines = Mutex<[String]>([])
    func add(_ line: String) { lines.withLock { $0.append(line) } }
    var last: String? { lines.withLock(\.last) }
    var all: String { lines.withLock { $0.joined(separator: "\n") } }
}

/// What a launch gives the browser.
struct Launched {
    let path: String
    let handoff: String?
    /// Whether the address also says that there is no patient.
    let saysNoPatient: Bool
    let cookie: String
    let cookieHeader: String

    init(_ response: Response) throws {
        #expect(response.status == 302)
        let location = try #require(response["Location"])
        let parts = location.split(separator: "#", maxSplits: 1).map(String.init)
        path = String(parts[0].dropFirst("https://app.example".count))
        let fields = parts.count > 1 ? parts[1].split(separator: "&").map(String.init) : []
        handoff = fields.first.map { String($0.dropFirst("handoff=".count)) }
        saysNoPatient = fields.dropFirst() == ["patient=none"]
        cookieHeader = try #require(response["Set-Cookie"])
        cookie = String(cookieHeader.prefix { $0 != ";" })
    }

    /// A request of the page to its session.
    func request(
        _ method: String, body: String? = nil, cookie: String? = nil, header: String? = nil,
        origin: String? = "https://app.example"
    ) -> Request {
        Request(
            method: method, path: path + "session", contentType: body == nil ? nil : "application/json",
            body: body.map { .bytes(Array($0.utf8)) } ?? .undeclared, cookie: cookie, origin: origin,
            sessionHeader: header)
    }
}

extension Response {
    /// The body as JSON.
    func json() throws -> JSONValue { try JSONDocument(parsing: body).root }
}

/// So that a table of times is one of numbers.
extension UnixTime: ExpressibleByIntegerLiteral {
    /// So many seconds since 1970.
    public init(integerLiteral seconds: Int64) { self.init(seconds: seconds) }
}
