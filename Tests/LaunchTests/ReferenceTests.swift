import Gateway
import Launch
import Platform
import StrictJSON
import TestSupport
import Testing

@Suite("A reference that anybody is shown")
struct ReferenceTests {
    private static let now = Deployment.now
    private let deployment: Deployment
    private let launched: Launched

    init() throws {
        let folder = try TemporaryFolder()
        deployment = try Deployment(["WELKIN_STATE_DIR": folder.path])
        launched = try Launched(deployment.launch())
    }

    /// A kind of request, and the reason for which it is refused.
    struct Refused: CustomTestStringConvertible {
        let reason: String
        let request: @Sendable (Launched) -> Request
        var testDescription: String { reason }

        init(_ reason: String, _ request: @escaping @Sendable (Launched) -> Request) {
            (self.reason, self.request) = (reason, request)
        }
    }

    private static func session(
        _ launched: Launched, _ method: String = "POST", cookie: String? = nil,
        _ change: (inout Request) -> Void = { _ in }
    ) -> Request {
        var request = launched.request(method, body: "{}", cookie: cookie)
        change(&request)
        return request
    }

    private static func authorize(_ launched: Launched, app: String = "main", method: String = "GET") -> Request {
        let launch = String(launched.path.dropFirst("/a/main/".count).dropLast())
        return Request(
            method: "GET", path: "/_authorize", subrequest: .init(originalMethod: method, app: app, launch: launch))
    }

    /// Every way to an answer that shows one, besides those of a launch that is refused.
    static let refused: [Refused] = [
        Refused("not_found") { _ in Request(method: "POST", path: "/launch/other") },
        Refused("not_found") { _ in Request(method: "GET", path: "/nothing") },
        Refused("not_found") { _ in Request(method: "GET", path: "/a/main/short/session") },
        Refused("method_not_allowed") { _ in Request(method: "POST", path: "/healthz") },
        Refused("method_not_allowed") { session($0, "PUT") },
        Refused("session_missing") { session($0, "GET") },
        Refused("session_missing") { session($0, "POST") },
        Refused("session_missing") { session($0, "DELETE") },
        Refused("session_invalid") { session($0, "GET", cookie: "__Secure-welkin=x") },
        Refused("origin_refused") { session($0, "POST") { $0.origin = nil } },
        Refused("origin_refused") { session($0, "DELETE") { $0.origin = "https://evil.example" } },
        Refused("content_type") { session($0) { $0.contentType = "text/plain" } },
        Refused("too_large") { session($0) { $0.body = .tooLarge } },
        Refused("body_malformed") { session($0) { $0.body = .undeclared } },
        Refused("body_malformed") { session($0) { $0.body = .lengthMismatch } },
        Refused("body_malformed") { session($0) { $0.body = .bytes(Array("[".utf8)) } },
        Refused("handoff_invalid") { session($0) { $0.body = .bytes(Array(#"{"handoff":"x"}"#.utf8)) } },
        Refused("not_found") { authorize($0, app: "other") },
        Refused("session_missing") { authorize($0) },
        Refused("origin_refused") { authorize($0, method: "POST") },
    ]

    /// The one line that has the reference of an answer.
    private func line(_ response: Response, _ log: Log) throws -> String {
        let body = String(decoding: response.body, as: UTF8.self)
        let id = try #require(body.firstMatch(of: /[0-9A-Z]{4}-[0-9A-Z]{4}/)).0
        let lines = log.all.split(separator: "\n").filter { $0.contains(" id=\(id)") }
        try #require(lines.count == 1, "\(body)")
        return String(lines[0])
    }

    @Test("is in the log, with its reason", arguments: refused)
    func logged(_ refused: Refused) throws {
        let response = deployment.handler.respond(to: refused.request(launched), now: Self.now)
        #expect(response.status >= 400)
        #expect(try line(response, deployment.log).contains(" reason=\(refused.reason) "))
    }

    @Test("is in the log where a launch is refused", arguments: LaunchRouteTests.spoilt)
    func launches(_ status: Int, _ reason: String, _ change: @Sendable (inout Request) -> Void) throws {
        var request = LaunchRouteTests.good
        change(&request)
        let response = deployment.handler.respond(to: request, now: Self.now)
        #expect(response.status == status)
        #expect(try line(response, deployment.log).contains(" reason=\(reason) "))
    }

    @Test("is in the log where the state folder fails, and where there are no settings")
    func unavailable() throws {
        let log = Log()
        let unusable = LaunchHandler(settings: { _ in nil }, log: { log.add($0.description) })
        deployment.memory.fail(with: 28)
        for request in [LaunchRouteTests.good, Self.session(launched, "GET", cookie: launched.cookie)] {
            let response = deployment.handler.respond(to: request, now: Self.now)
            #expect(response.status == 503)
            #expect(try line(response, deployment.log).contains(" reason=state_unavailable "))
            #expect(try line(unusable.respond(to: request, now: Self.now), log).contains(" reason=settings_unusable "))
        }
    }

    @Test("is not in an answer that is none of an error")
    func good() throws {
        let session = deployment.handler.respond(
            to: Self.session(launched, "GET", cookie: launched.cookie), now: Self.now)
        #expect(session.status == 200 && !deployment.log.all.contains(" id="))
    }
}
