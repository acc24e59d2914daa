import Hummingbird
import HummingbirdTesting
import Simulator
import Testing

@Suite("A request's Host")
struct HostNameTests {
    /// The status of a request for the patients with that `Host`, over a real connection: the router's
    /// own test client always says localhost.
    private func status(host: String, answersEveryHost: Bool = false) async throws -> HTTPResponse.Status {
        var settings = HostSettings(
            appURL: try AppURL("https://app.example/launch"), clientID: "client-1", secret: Sample.secret)
        settings.answersEveryHost = answersEveryHost
        let routes = HostRoutes(settings: settings, now: { Sample.now })
        return try await Application(router: routes.router()).test(.live) { server in
            try await TestClient.withClient(
                host: "localhost", port: try #require(server.port),
                operation: { client in
                    try await client.execute(.init("/patients", method: .get, authority: host)).status
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

    @Test("is anybody's when other machines may come")
    func remote() async throws {
        #expect(try await status(host: "evil.example", answersEveryHost: true) == .ok)
    }
}
