import Gateway
import Launch
import Platform
import Testing

@Suite("For nginx's auth_request and for the operator")
struct AuthorizationTests {
    private let deployment: Deployment
    private let launched: Launched

    init() throws {
        deployment = try Deployment(["WELKIN_APPS": "main,video"])
        launched = try Launched(deployment.launch())
    }

    private func ask(
        method: String? = "GET", app: String? = "main", launch: String? = nil, origin: String? = nil,
        cookie: String? = nil
    ) -> Response {
        let launch = launch ?? String(launched.path.dropFirst("/a/main/".count).dropLast())
        return deployment.handler.respond(
            to: Request(
                method: "GET", path: "/_authorize", cookie: cookie ?? launched.cookie, origin: origin,
                subrequest: .init(originalMethod: method, app: app, launch: launch)),
            now: Deployment.now)
    }

    @Test("A session passes, and says whose it is")
    func passes() {
        let response = ask()
        #expect(response.status == 204)
        #expect(response["X-Welkin-Worker"] == Deployment.worker)
        #expect(response["X-Welkin-Patient"] == Deployment.patient)
        #expect(response["X-Welkin-Provider"] == Deployment.provider)
        #expect(response["X-Welkin-App"] == "main")
        #expect(response["X-Welkin-Expires-At"] == "\(Deployment.now + 900)")
    }

    @Test("No session, another launch's, or another App's does not pass")
    func refused() {
        #expect(ask(cookie: "").status == 401)
        #expect(ask(launch: "AAAAAAAAAAAAAAAAAAAAAA").status == 401)
        #expect(ask(app: "video").status == 401)
        #expect(ask(app: "none").status == 403)
        #expect(ask(launch: "..").status == 403)
    }

    @Test("Unsafe methods need the App's origin", arguments: ["POST", "PUT", "DELETE", "PATCH", "", nil] as [String?])
    func origin(_ method: String?) {
        #expect(ask(method: method).status == 403)
        #expect(ask(method: method, origin: "https://evil.example").status == 403)
        #expect(ask(method: method, origin: "https://app.example").status == 204)
    }

    @Test("Health and metrics")
    func metrics() {
        _ = deployment.launch(Deployment.token([Claim("exp", "1")]))
        func get(_ path: String, _ handler: LaunchHandler) -> Response {
            handler.respond(to: Request(method: "GET", path: path), now: Deployment.now)
        }
        #expect(get("/healthz", deployment.handler).status == 200)
        let text = String(decoding: get("/metrics", deployment.handler).body, as: UTF8.self)
        #expect(text.contains(#"welkin_launches_total{app="main",outcome="launched",reason=""} 1"#))
        #expect(text.contains(#"welkin_launches_total{app="main",outcome="refused",reason="expired"} 1"#))
        #expect(
            text.contains(/welkin_launch_secret_verified_total{app="main",client="client-1",secret="[0-9a-f]{8}"} 1/))
        let settings = deployment.settings
        #expect(get("/metrics", LaunchHandler(settings: { _ in settings }, offersMetrics: false)).status == 404)
        let post = deployment.handler.respond(to: Request(method: "POST", path: "/metrics"), now: Deployment.now)
        #expect(post.status == 405)
    }
}
