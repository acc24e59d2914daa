import Records
import HTTPTypes
import Simulator
import Testing

@Suite("The token endpoint")
struct TokenEndpointTests {
    @Test("grants what an honest assertion asks for, whatever exp is written as")
    func honest() async throws {
        try await APISession.run { session in
            for end in [nil, "2027-01-15T09:00:00+00:00"] as [JSON?] {
                let claims = APISession.claims(scope: "patients.read", end.map { ["exp": $0] } ?? [:])
                let answer = try await session.requestToken(APISession.assertion(claims))
                #expect(answer.status == 200)
                var other = session
                other.token = try answer.json[at: "access_token"].string
                #expect(try await other.find("patients").status == 200)
                #expect(try await other.find("visits").status == 403)
            }
        }
    }

    @Test("takes JSON as well as a form")
    func json() async throws {
        try await APISession.run { session in
            let assertion = APISession.assertion(APISession.claims(scope: "all"))
            let body: JSON = [
                "grant_type": "urn:ietf:params:oauth:grant-type:jwt-bearer", "assertion": .string(assertion),
            ]
            let answer = try await session.send(.post, "/v1/token", body)
            #expect(answer.status == 200)
        }
    }

    @Test(
        "refuses an assertion with one wrong claim",
        arguments: [
            ("iss", "somebody"),
            ("aud", "http://elsewhere/v1/token"),
            ("exp", 1_799_999_999),
            ("exp", 1_800_009_000),
            ("exp", "soon"),
            ("exp", nil),
            ("scope", ""),
            ("scope", nil),
        ] as [(String, JSON?)])
    func claim(name: String, value: JSON?) async throws {
        try await APISession.run { session in
            let claims = APISession.claims(scope: "all", [name: value])
            let answer = try await session.requestToken(APISession.assertion(claims))
            #expect(answer.status == 401)
            #expect(try answer.codes == ["unauthorized"])
        }
    }

    @Test("refuses an assertion that is signed by somebody else, not at all, or by another algorithm")
    func signature() async throws {
        try await APISession.run { session in
            let claims = APISession.claims(scope: "all")
            let foreign = APISession.assertion(claims, secret: SigningSecret(Array("another secret".utf8)))
            let unsigned = APISession.assertion(claims, algorithm: "none")
            let other = APISession.assertion(claims, algorithm: "HS384")
            for assertion in [foreign, unsigned, other, "nonsense", "a.b.c", ""] {
                #expect(try await session.requestToken(assertion).status == 401)
            }
            let password = try await session.requestToken(APISession.assertion(claims), grant: "password")
            #expect(try password.codes == ["bad_request"])
        }
    }

    @Test("refuses a scope that the client may not have")
    func scope() async throws {
        let client = APIClient(id: "client-1", secret: Sample.secret, scopes: ["patients.read"])
        try await APISession.run(scope: "patients.read", client: client) { session in
            let claims = APISession.claims(scope: "patients.read visits.read")
            let answer = try await session.requestToken(APISession.assertion(claims))
            #expect(answer.status == 403)
        }
    }

    @Test("gives tokens that end")
    func end() async throws {
        try await APISession.run(settings: { $0.tokenLifetime = 60 }) { session in
            try await session.control("clock", ["advance": 59])
            #expect(try await session.find("patients").status == 200)
            try await session.control("clock", ["advance": 1])
            #expect(try await session.find("patients").status == 401)
        }
    }
}
