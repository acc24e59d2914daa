import Foundation
import Hummingbird
import HummingbirdTesting
import NIOCore
import Simulator
import Testing

@Suite("A launch from the host page")
struct LaunchRouteTests {
    private static let appURL = "https://app.example/launch"
    private static let elsa = Clinic.demo().patients[0]

    /// Posts `body` to `/launch` as the page's script does.
    private func launch(
        _ body: String, headers: HTTPFields = [:],
        _ check: @Sendable @escaping (TestResponse) async throws -> Void
    ) async throws {
        let settings = HostSettings(
            appURL: try AppAddress(Self.appURL), clientID: "client-1", secret: Sample.secret,
            providerID: "e-1", clinic: .demo(workerID: "w-1"))
        let routes = HostRoutes(settings: settings, now: { Sample.now })
        var fields: HTTPFields = [.contentType: "application/x-www-form-urlencoded"]
        fields.append(contentsOf: headers)
        let all = fields
        try await Application(router: routes.router()).test(.router) { client in
            try await check(
                client.execute(
                    uri: "/launch", method: .post, headers: all, body: ByteBuffer(string: body)))
        }
    }

    private static func object(_ response: TestResponse) throws -> [String: JSON] {
        try JSON.object(Data(response.body.readableBytesView))
    }

    /// The token in an answer.
    private static func token(_ answer: [String: JSON]) throws -> ReadToken {
        guard case .string(let compact) = answer["token"] else { throw NoToken() }
        return ReadToken(compact: compact)
    }

    private struct NoToken: Error {}

    private static func claims(patient: String?) -> [String: JSON] {
        Sample.payload(with: ["welkin_patient_id": patient.map(JSON.string)])
    }

    @Test("from a patient names that patient, and is signed", arguments: [elsa.id, elsa.id.uppercased()])
    func fromPatient(id: String) async throws {
        try await launch("patient=\(id)") { response in
            #expect(response.status == .ok)
            #expect(response.headers[.contentType] == "application/json")
            #expect(response.headers[.cacheControl] == "no-store")
            let answer = try Self.object(response)
            #expect(answer["action"] == .string(Self.appURL))
            #expect(answer["claims"] == .object(Self.claims(patient: Self.elsa.id)))
            let token = try Self.token(answer)
            #expect(try token.payload == Self.claims(patient: Self.elsa.id))
            #expect(try token.header == Sample.header)
            #expect(token.isSigned(with: Sample.secret))
        }
    }

    @Test("from the inbox has no patient claim")
    func fromInbox() async throws {
        try await launch("") { response in
            #expect(response.status == .ok)
            let answer = try Self.object(response)
            #expect(answer["claims"] == .object(Self.claims(patient: nil)))
            let token = try Self.token(answer)
            #expect(try token.payload == Self.claims(patient: nil))
        }
    }

    @Test(
        "is refused for a patient who is not in the clinic",
        arguments: ["patient=", "patient=00000000-0000-4000-8000-000000000000"])
    func unknownPatient(body: String) async throws {
        try await launch(body) { response in
            #expect(response.status == .notFound)
            let answer = try Self.object(response)
            #expect(answer["error"] == "unknown_patient")
        }
    }

    @Test(
        "is refused when another page asks for it",
        arguments: ["https://evil.example", "null", "http://localhost:1"])
    func foreignOrigin(origin: String) async throws {
        try await launch("", headers: [.origin: origin]) { response in
            #expect(response.status == .forbidden)
            let answer = try Self.object(response)
            #expect(answer["error"] == "origin_refused")
        }
    }

    @Test("is signed when the host's own page asks for it")
    func ownOrigin() async throws {
        // The test client addresses its requests to localhost.
        try await launch("", headers: [.origin: "http://localhost"]) { response in
            #expect(response.status == .ok)
        }
    }

    @Test("is refused when its body is longer than any honest one")
    func longBody() async throws {
        try await launch("secret=" + String(repeating: "a", count: 32 * 1024)) { response in
            #expect(response.status == .contentTooLarge)
        }
    }

    @Test("is signed however long a claim is that an App must refuse")
    func longClaim() async throws {
        let long = String(repeating: "a", count: 20_000)
        try await launch("claim=welkin_worker_id%3D%22\(long)%22") { response in
            let token = try Self.token(try Self.object(response))
            #expect(try token.payload["welkin_worker_id"] == .string(long))
        }
    }

    @Test("can be wrong on purpose, and says what was signed beside the honest claims")
    func wrong() async throws {
        let fields = [
            ("patient", Self.elsa.id), ("claim", #"aud="https://b.example/""#), ("without", "welkin_worker_id"),
            ("claim", "more=7"), ("expires-in", "-300"),
        ]
        try await launch(fields.map { "\($0)=\(FormText.escape($1))" }.joined(separator: "&")) { response in
            #expect(response.status == .ok)
            let answer = try Self.object(response)
            let token = try Self.token(answer)
            var expected = Self.claims(patient: Self.elsa.id)
            #expect(answer["claims"] == .object(expected))
            expected["aud"] = "https://b.example/"
            expected["welkin_worker_id"] = nil
            expected["more"] = 7
            expected["exp"] = .int(Sample.now - 300)
            #expect(try token.payload == expected)
            #expect(token.isSigned(with: Sample.secret))
            guard case .string(let payload) = answer["payload"] else { throw NoToken() }
            #expect(try JSON.object(Data(payload.utf8)) == expected)
        }
    }

    @Test("can be signed with another secret")
    func otherSecret() async throws {
        try await launch("secret=another") { response in
            let token = try Self.token(try Self.object(response))
            #expect(token.isSigned(with: SigningSecret(Array("another".utf8))))
            #expect(!token.isSigned(with: Sample.secret))
            #expect(try token.payload == Self.claims(patient: nil))
        }
    }

    @Test(
        "is refused for a field that makes no sense, and says which",
        arguments: ["patients=x", "tamper=all", "without=welkin_worker"])
    func badField(body: String) async throws {
        try await launch(body) { response in
            #expect(response.status == .badRequest)
            let answer = try Self.object(response)
            #expect(answer["error"] == "form_invalid")
            let field = body.split(separator: "=")[0]
            #expect(answer["detail"] == .string("the launch's “\(field)” is unknown or invalid"))
        }
    }
}
