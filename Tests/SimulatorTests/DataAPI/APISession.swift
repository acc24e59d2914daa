import Records
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Simulator

/// A stand-in for the Data API under test, and a client with a token of it.
struct APISession: Sendable {
    static let client = APIClient(id: "client-1", secret: Sample.secret)
    /// An instant after the seeded history.
    static let now: Int64 = 1_800_000_000_000_000

    let http: any TestClientProtocol
    var token = ""

    /// Runs `body` with a stand-in whose clock stands still.
    ///
    /// - Parameters:
    ///   - setup: `.live` to be reached at a port as well
    ///   - scope: the scopes of the token
    static func run(
        _ setup: TestingSetup = .router, patients: Int = 20, seed: UInt64 = 1, scope: String = "all",
        client: APIClient = client, now: Int64 = now,
        settings change: (inout APISettings) -> Void = { _ in }, seeded: (inout APISeed) -> Void = { _ in },
        _ body: @Sendable @escaping (APISession) async throws -> Void
    ) async throws {
        var settings = APISettings()
        change(&settings)
        var records = APISeed()
        (records.patients, records.seed) = (patients, seed)
        seeded(&records)
        let provider = APIProvider(records, client: client, settings: settings, now: { now })
        try await Application(responder: APIResponder(provider)).test(setup) { http in
            var session = APISession(http: http)
            session.token = try await session.newToken(scope: scope, now: now)
            try await body(session)
        }
    }

    /// The same with another token.
    func with(scope: String) async throws -> APISession {
        var session = self
        session.token = try await newToken(scope: scope)
        return session
    }

    /// Claims of an honest assertion, with changes; a claim without value is left out.
    static func claims(scope: String, now: Int64 = now, _ changes: [String: JSON?] = [:]) -> [String: JSON] {
        var claims: [String: JSON] = [
            "iss": "client-1", "aud": "http://localhost/v1/token", "exp": .int(Int(now / 1_000_000) + 3000),
            "scope": .string(scope),
        ]
        for (name, value) in changes { claims[name] = value }
        return claims
    }

    /// The assertion, signed as an App's launch token is, which is no part of what is tested here.
    static func assertion(_ claims: [String: JSON], secret: SigningSecret = Sample.secret, algorithm: String = "HS256")
        -> String
    {
        var flaws = TokenFlaws()
        flaws.rawPayload = Array(JSON.object(claims).encoded.utf8)
        flaws.algorithm = SigningAlgorithm(algorithm)
        return MintedToken(claims: Sample.claims, secret: secret, flaws: flaws, now: 0).compact
    }

    func requestToken(_ assertion: String, grant: String = "urn:ietf:params:oauth:grant-type:jwt-bearer")
        async throws -> Answer
    {
        let body = "grant_type=\(FormText.escape(grant))&assertion=\(FormText.escape(assertion))"
        return Answer(
            try await http.execute(
                uri: "/v1/token", method: .post, headers: [.contentType: "application/x-www-form-urlencoded"],
                body: ByteBuffer(string: body)))
    }

    func newToken(scope: String, now: Int64 = now) async throws -> String {
        let answer = try await requestToken(Self.assertion(Self.claims(scope: scope, now: now)))
        return try answer.json[at: "access_token"].string
    }

    /// An answer, and its JSON.
    struct Answer: Sendable {
        let status: Int
        let headers: HTTPFields
        let body: ByteBuffer

        init(_ response: TestResponse) {
            status = response.status.code
            headers = response.headers
            body = response.body
        }

        var text: String { String(buffer: body) }
        var json: JSON {
            get throws { try JSONDecoder().decode(JSON.self, from: Data(body.readableBytesView)) }
        }
        /// `errors[].code`
        var codes: [String] { get throws { try json[at: "errors"].list.map { try $0[at: "code"].string } } }
        /// `data[].id`
        var ids: [String] { get throws { try json[at: "data"].list.map { try $0[at: "id"].string } } }
    }

    func send(
        _ method: HTTPRequest.Method, _ path: String, _ body: JSON? = nil, type: String = "application/json",
        bytes: [UInt8]? = nil
    ) async throws -> Answer {
        let body = bytes ?? body.map { Array($0.encoded.utf8) } ?? []
        return Answer(
            try await http.execute(
                uri: path, method: method, headers: [.authorization: "Bearer \(token)", .contentType: type],
                body: ByteBuffer(bytes: body)))
    }

    /// A Find with these parameters.
    func find(_ resource: String, _ parameters: [String: String] = [:]) async throws -> Answer {
        let query = parameters.sorted { $0.key < $1.key }.map { "\(FormText.escape($0))=\(FormText.escape($1))" }
        return try await send(.get, "/v1/\(resource)?" + query.joined(separator: "&"))
    }

    /// A control request that must be followed.
    @discardableResult
    func control(_ name: String, _ body: JSON) async throws -> JSON {
        let answer = try await send(.post, "/_control/\(name)", body)
        guard answer.status == 200 else { throw Refused(text: answer.text) }
        return try answer.json
    }

    /// Puts one fault in force.
    func fault(_ rule: [String: JSON]) async throws {
        try await control("faults", ["faults": [.object(rule)]])
    }

    /// The records as they are, a line each.
    func dump(_ resource: String) async throws -> [String] {
        let answer = try await send(.get, "/_control/dump?resource=\(resource)")
        return answer.text.split(separator: "\n").map(String.init)
    }

    func records(_ resource: String) async throws -> [JSON] {
        try await dump(resource).map { try JSONDecoder().decode(JSON.self, from: Data($0.utf8)) }
    }

    struct Refused: Error { let text: String }
}

extension JSON: ExpressibleByBooleanLiteral {
    init(booleanLiteral value: Bool) { self = .bool(value) }

    /// The value is of another kind than the test takes it for.
    struct Mismatch: Error { let value: JSON }

    /// The member of that name, which must be there.
    subscript(at name: String) -> JSON {
        get throws {
            guard let value = self[name] else { throw Mismatch(value: self) }
            return value
        }
    }

    /// As JSON text.
    var encoded: String {
        switch self {
        case .null: "null"
        case .bool(let value): String(value)
        case .int(let value): String(value)
        case .string(let value): RawJSONObject.string(value)
        case .array(let list): "[\(list.map(\.encoded).joined(separator: ","))]"
        case .object(let members):
            "{\(members.map { "\(RawJSONObject.string($0)):\($1.encoded)" }.joined(separator: ","))}"
        }
    }

    /// A string's characters.
    var string: String {
        get throws {
            guard case .string(let value) = self else { throw Mismatch(value: self) }
            return value
        }
    }

    var list: [JSON] {
        get throws {
            guard case .array(let list) = self else { throw Mismatch(value: self) }
            return list
        }
    }

    var members: [String: JSON] {
        get throws {
            guard case .object(let members) = self else { throw Mismatch(value: self) }
            return members
        }
    }
}
