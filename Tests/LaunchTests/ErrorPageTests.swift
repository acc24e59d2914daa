import Gateway
import Launch
import Platform
import StrictJSON
import TestSupport
import Testing

@Suite("Error pages")
struct ErrorPageTests {
    private static let now = Deployment.now
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func policy(_ response: Response) throws -> String { try #require(response["Content-Security-Policy"]) }

    @Test("Where the App is not known, the page may be framed: the nurse has to see it inside Welkin")
    func anywhere() throws {
        let unusable = LaunchHandler(settings: { _ in nil }, log: { _ in })
            .respond(to: Deployment.form("", path: "/launch"), now: Self.now)
        let unknown = try Deployment().handler.respond(to: Deployment.form("", path: "/nothing"), now: Self.now)
        #expect(unusable.status == 503)
        #expect(unknown.status == 404)
        for response in [unusable, unknown] {
            #expect(response["Content-Type"] == "text/html; charset=utf-8")
            let policy = try policy(response)
            #expect(policy.contains("default-src 'none'"))
            #expect(!policy.contains("frame-ancestors"))
            #expect(response["X-Frame-Options"] == nil)
        }
    }

    @Test(
        "Where the App is known, only its host page may frame it",
        arguments: [nil, "https://welkin.example"] as [String?])
    func hostOnly(_ origin: String?) throws {
        let deployment = try Deployment(origin.map { ["WELKIN_HOST_ORIGIN": $0] } ?? [:])
        let response = deployment.handler.respond(to: Deployment.form("token=x"), now: Self.now)
        #expect(response.status == 401)
        let expected = "frame-ancestors \(origin ?? "https://coach.welkinhealth.com")"
        #expect(try policy(response).split(separator: "; ").contains { $0 == expected })
    }

    @Test("Who can do better by waiting is told to, and nobody else")
    func retryAfter() throws {
        let unusable = LaunchHandler(settings: { _ in nil }, log: { _ in })
        let deployment = try Deployment(["WELKIN_STATE_DIR": folder.path])
        let launched = try Launched(deployment.launch())
        let requests = [
            Deployment.form("token=\(Deployment.token())"), launched.request("GET", cookie: launched.cookie),
            launched.request("DELETE", cookie: launched.cookie), Request(method: "GET", path: "/healthz"),
        ]
        for request in requests {
            #expect(deployment.handler.respond(to: request, now: Self.now)["Retry-After"] == nil)
            #expect(unusable.respond(to: request, now: Self.now).status == 503)
            #expect(unusable.respond(to: request, now: Self.now)["Retry-After"] == "60")
        }
        deployment.memory.fail(with: 28)
        for request in requests {
            let response = deployment.handler.respond(to: request, now: Self.now)
            #expect(response.status == 503)
            #expect(response["Retry-After"] == "60")
        }
        #expect(deployment.launch("x").status == 401)
        #expect(deployment.launch("x")["Retry-After"] == nil)
    }
}
