import Gateway
import Launch
import Platform
import StrictJSON
import Testing

@Suite("The launch route")
struct LaunchRouteTests {
    private let deployment: Deployment

    init() throws { deployment = try Deployment() }

    @Test("A launch sets a cookie for its own path and goes there")
    func launched() throws {
        let launched = try Launched(deployment.launch())
        #expect(launched.path.wholeMatch(of: /\/a\/main\/[A-Za-z0-9_-]{22}\//) != nil)
        #expect(
            launched.cookieHeader.hasSuffix(
                "; Path=\(launched.path); Max-Age=900; Secure; HttpOnly; SameSite=None; Partitioned"))
        #expect(launched.cookie.hasPrefix("__Secure-welkin="))
        #expect(launched.handoff != nil)
    }

    @Test("A cookie stays under 450 bytes, with GUIDs and with the longest ids and name")
    func cookieSize() throws {
        #expect(try Launched(deployment.launch()).cookie.utf8.count < 450)
        let name = "abcdefghijklmnop"
        let long = try Deployment([
            "WELKIN_APPS": name, "WELKIN_ABCDEFGHIJKLMNOP_APP_URL": "https://app.example/launch/\(name)",
        ])
        let id = "\"0123456789012345678901234567890123456789\""
        let token = Deployment.token([
            Claim("aud", "\"https://app.example/launch/\(name)\""), Claim("welkin_worker_id", id),
            Claim("welkin_patient_id", id),
            Claim("welkin_provider_id", id),
        ])
        #expect(try Launched(long.launch(token, path: "/launch/\(name)")).cookie.utf8.count < 450)
    }

    @Test("Every launch has a name of its own, even of the same token")
    func names() throws {
        let token = Deployment.token()
        #expect(try Launched(deployment.launch(token)).path != Launched(deployment.launch(token)).path)
    }

    /// A good request spoilt in one way, and what is said of it.
    static let spoilt: [(Int, String, @Sendable (inout Request) -> Void)] = [
        (405, "method_not_allowed", { $0.method = "GET" }), (405, "method_not_allowed", { $0.method = "PUT" }),
        (405, "method_not_allowed", { $0.method = "post" }),
        (415, "content_type", { $0.contentType = nil }), (415, "content_type", { $0.contentType = "application/json" }),
        (415, "content_type", { $0.contentType = "multipart/form-data; boundary=x" }),
        (400, "length_missing", { $0.body = .undeclared }), (400, "length_invalid", { $0.body = .invalidLength }),
        (400, "length_mismatch", { $0.body = .lengthMismatch }), (413, "too_large", { $0.body = .tooLarge }),
        (400, "form_malformed", { $0.body = .bytes(Array("token=%".utf8)) }),
        (400, "token_in_query", { $0.query = "token=x" }), (400, "token_in_query", { $0.query = "a=%&%74oken=x" }),
        (400, "token_missing", { $0.body = .bytes([]) }),
        (400, "token_missing", { $0.body = .bytes(Array("Token=x".utf8)) }),
        (400, "token_repeated", { $0.body = .bytes(Array("token=x&token=x".utf8)) }),
        (401, "token_too_long", { $0.body = .bytes(Array("token=\(String(repeating: "a", count: 8193))".utf8)) }),
        (401, "token_segments", { $0.body = .bytes(Array("token=".utf8)) }),
        (401, "token_encoding", { $0.body = .bytes(Array("token=a+a.b.c".utf8)) }),
        (401, "token_encoding", { $0.body = .bytes(Array("token=%00.b.c".utf8)) }),
    ]

    @Test(
        "A query without a token changes nothing, whatever else it is",
        arguments: ["%", "utm=100%", "utm_source=x&y", "&&", "Token=x", "a=token", String(repeating: "a&", count: 99)])
    func query(_ query: String) {
        var request = Self.good
        request.query = query
        #expect(deployment.handler.respond(to: request, now: Deployment.now).status == 302)
    }

    static let good = Deployment.form("token=\(Deployment.token())")

    @Test(
        "A request that Welkin would not make is refused with its status and reason",
        arguments: spoilt)
    func refused(_ status: Int, _ reason: String, _ change: @Sendable (inout Request) -> Void) throws {
        var request = Self.good
        request.body = .bytes(Array("token=\(Deployment.token())".utf8))
        #expect(deployment.handler.respond(to: request, now: Deployment.now).status == 302)
        change(&request)
        let response = deployment.handler.respond(to: request, now: Deployment.now)
        #expect(response.status == status)
        #expect(deployment.reason == reason)
        #expect(response["Set-Cookie"] == nil)
        #expect((response["Allow"] == "POST") == (status == 405))
    }

    @Test("Other fields and a query without a token are ignored; a charset changes nothing")
    func ignored() {
        var request = Deployment.form("a=1&token=\(Deployment.token())&b=%20")
        request.query = "lang=en"
        request.contentType = "application/x-www-form-urlencoded; charset=UTF-8"
        #expect(deployment.handler.respond(to: request, now: Deployment.now).status == 302)
    }

    @Test("The page and the JSON carry the log's id, and neither reason nor claim")
    func errorPage() throws {
        var request = Deployment.form("token=\(Deployment.token([Claim("aud", "\"x\"")]))")
        for accept in [nil, "application/json"] {
            request.accept = accept
            let response = deployment.handler.respond(to: request, now: Deployment.now)
            let body = String(decoding: response.body, as: UTF8.self)
            let id = try #require(deployment.log.last?.firstMatch(of: /id=(\S+)/)?.1)
            #expect(body.contains(id))
            #expect(body.contains("Close the App and open it again from Welkin."))
            for secret in ["audience", Deployment.patient, Deployment.worker, "client-1"] {
                #expect(!body.contains(secret))
            }
            #expect(response["Content-Type"] == (accept == nil ? "text/html; charset=utf-8" : "application/json"))
            #expect(response["Cache-Control"] == "no-store")
        }
        #expect(
            try deployment.handler.respond(to: request, now: Deployment.now).json()["error"]?.string == "launch_refused"
        )
    }

    @Test("The log holds no token, cookie, secret or id, whatever happens")
    func log() throws {
        let launched = try Launched(deployment.launch())
        _ = deployment.launch(Deployment.token([Claim("exp", "1")]))
        _ = deployment.handler.respond(to: launched.request("GET", cookie: "__Secure-welkin=bad"), now: Deployment.now)
        for text in [
            Deployment.patient, Deployment.worker, Deployment.provider, Deployment.secret, launched.cookie,
            launched.path,
        ] {
            #expect(!deployment.log.all.contains(text))
        }
        #expect(deployment.log.all.contains("worker="))
    }

    @Test("Without usable settings everything is 503")
    func unusable() {
        let log = Log()
        let handler = LaunchHandler(settings: { _ in nil }, log: { log.add($0.description) })
        for path in ["/launch", "/healthz", "/_authorize"] {
            #expect(handler.respond(to: Deployment.form("", path: path), now: 0).status == 503)
            #expect(log.last?.contains("reason=settings_unusable") == true)
        }
    }

    @Test(
        "Paths that are nobody's are not found",
        arguments: ["/", "/launch/", "/launch/video", "/launchx", "/a/main/x/session", "/../launch"])
    func unknown(_ path: String) {
        #expect(deployment.handler.respond(to: Deployment.form("", path: path), now: Deployment.now).status == 404)
    }
}
