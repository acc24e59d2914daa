import Hummingbird
import HummingbirdTesting
import Simulator
import Testing

@Suite("A request's Host")
struct HostNameTests {
    /// The status of a request for the patients with that `Host`, over a real connection: the router's
    /// own test client always says localhost.
    private func status(host: String, answersEveryHost: Bool = false) async throws -> HTTPResponse.Status {
        try await answer(host: host, answersEveryHost: answersEveryHost).status
    }

    private func answer(
        host: String, answersEveryHost: Bool = false, name: String? = nil, path: String = "/patients",
        accept: String? = nil
    ) async throws -> TestClient.Response {
        var settings = HostSettings(
            appURL: try AppAddress("https://app.example/launch"), clientID: "client-1", secret: Sample.secret)
        settings.answersEveryHost = answersEveryHost
        settings.name = name
        let headers: HTTPFields = accept.map { [.accept: $0] } ?? [:]
        let routes = HostRoutes(settings: settings, now: { Sample.now })
        return try await Application(router: routes.router()).test(.live) { server in
            try await TestClient.withClient(
                host: "localhost", port: try #require(server.port),
                operation: { client in
                    try await client.execute(.init(path, method: .get, authority: host, headers: headers))
                })
        }
    }

    @Test(
        "is answered when it is one of this machine's own names, with a port or without",
        arguments: ["localhost", "welkin.localhost:8090", "127.0.0.1:8090", "[::1]:8090", "[::1]"])
    func own(host: String) async throws {
        #expect(try await status(host: host) == .ok)
    }

    @Test(
        "is refused when it is anybody else's, who could have made the name mean this machine",
        arguments: ["evil.example", "evil.example:8090", "localhost.evil.example", "10.0.0.1:8090", "", ":80"])
    func foreign(host: String) async throws {
        #expect(try await status(host: host) == .misdirectedRequest)
    }

    @Test(
        "leads a browser to the name that the App allows",
        arguments: [
            ("localhost:8481", "http://welkin.localhost:8481/inbox"),
            ("127.0.0.1:8481", "http://welkin.localhost:8481/inbox"),
            ("[::1]:8481", "http://welkin.localhost:8481/inbox"),
            ("localhost", "http://welkin.localhost/inbox"),
        ])
    func otherName(host: String, location: String) async throws {
        let html = "text/html,application/xhtml+xml"
        let answer = try await answer(host: host, name: "welkin.localhost", path: "/inbox", accept: html)
        #expect(answer.status == .temporaryRedirect)
        #expect(answer.headers[.location] == location)
        // Without one of its own it is content with any; and a program gets its answer.
        #expect(try await self.answer(host: host, path: "/inbox", accept: html).status == .ok)
        #expect(try await self.answer(host: host, name: "welkin.localhost", path: "/inbox").status == .ok)
    }

    @Test("leads nobody on who has it right", arguments: ["welkin.localhost:8481", "WELKIN.localhost:8481"])
    func rightName(host: String) async throws {
        #expect(try await answer(host: host, name: "welkin.localhost", accept: "text/html").status == .ok)
    }

    @Test("leads nobody on by somebody else's name")
    func foreignName() async throws {
        let answer = try await answer(host: "evil.example", name: "welkin.localhost", accept: "text/html")
        #expect(answer.status == .misdirectedRequest)
    }

    @Test("is anybody's when other machines may come")
    func remote() async throws {
        #expect(try await status(host: "evil.example", answersEveryHost: true) == .ok)
    }
}
