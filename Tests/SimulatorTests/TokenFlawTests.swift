import Crypto
import Foundation
import Simulator
import Testing

@Suite("A token that is wrong on purpose")
struct TokenFlawTests {
    private static let honest = ReadToken(Sample.token())

    /// The claims' flaws: what is done, and what then differs in the payload.
    private static let claimFlaws: [(@Sendable (inout TokenFlaws) -> Void, [String: JSON?])] = [
        ({ $0.issuer = "client-1" }, ["iss": "client-1"]),
        ({ $0.audience = "https://other.example/" }, ["aud": "https://other.example/"]),
        ({ $0.clientID = "client-2" }, ["welkin_oauth_client_id": "client-2"]),
        ({ $0.expiresIn = -300 }, ["exp": 1_699_999_700]),
        ({ $0.expiresIn = 86_400 }, ["exp": 1_700_086_400]),
        ({ $0.claims = [.init(name: "exp", value: "\"soon\"")] }, ["exp": "soon"]),
        ({ $0.claims = [.init(name: "nbf", value: "1")] }, ["nbf": 1]),
        (
            { $0.claims = [.init(name: "welkin_patient_id", value: "null")] },
            ["welkin_patient_id": .null]
        ),
        ({ $0.withoutClaims = ["aud", "welkin_worker_id"] }, ["aud": nil, "welkin_worker_id": nil]),
    ]

    @Test("differs in just the claim that was asked for, and is rightly signed", arguments: 0..<9)
    func claim(index: Int) throws {
        let (flaw, difference) = Self.claimFlaws[index]
        let token = ReadToken(Sample.token(flaw))
        #expect(try token.payload == Sample.payload(with: difference))
        #expect(token.segments[0] == Self.honest.segments[0])
        #expect(token.isSigned(with: Sample.secret))
    }

    @Test("can have a claim twice, with two values")
    func repeatedClaim() {
        let token = Sample.token { $0.repeatedClaims = [.init(name: "aud", value: "\"b\"")] }
        let payload = String(decoding: token.payload, as: UTF8.self)
        #expect(payload.hasSuffix(#","aud":"b"}"#))
        #expect(payload.contains(#""aud":"https://app.example/launch""#))
        #expect(ReadToken(token).isSigned(with: Sample.secret))
    }

    /// The header's flaws: what is done, and what then differs in the header.
    private static let headerFlaws: [(@Sendable (inout TokenFlaws) -> Void, [String: JSON?])] = [
        ({ $0.type = "welkin-session" }, ["typ": "welkin-session"]),
        ({ $0.critical = ["b64", "x"] }, ["crit": ["b64", "x"]]),
        ({ $0.headers = [.init(name: "kid", value: "\"../key\"")] }, ["kid": "../key"]),
        ({ $0.headers = [.init(name: "alg", value: "\"HS512\"")] }, ["alg": "HS512"]),
        ({ $0.withoutHeaders = ["typ"] }, ["typ": nil]),
        ({ $0.algorithm = SigningAlgorithm("RS256") }, ["alg": "RS256"]),
        ({ $0.algorithm = SigningAlgorithm("hs256") }, ["alg": "hs256"]),
    ]

    @Test("differs in just the header that was asked for, and has an HS256", arguments: 0..<7)
    func header(index: Int) throws {
        let (flaw, difference) = Self.headerFlaws[index]
        let token = ReadToken(Sample.token(flaw))
        #expect(try token.header == Sample.header(with: difference))
        #expect(token.segments[1] == Self.honest.segments[1])
        #expect(token.isSigned(with: Sample.secret))
    }

    @Test("is really signed with HS384 and HS512 when it says so")
    func longerHashes() throws {
        let hs384 = ReadToken(Sample.token { $0.algorithm = SigningAlgorithm("HS384") })
        #expect(try hs384.header["alg"] == "HS384")
        #expect(hs384.isSigned(with: Sample.secret, SHA384.self))
        let hs512 = ReadToken(Sample.token { $0.algorithm = SigningAlgorithm("HS512") })
        #expect(try hs512.header["alg"] == "HS512")
        #expect(hs512.isSigned(with: Sample.secret, SHA512.self))
    }

    @Test("has an empty signature under none, however that is written", arguments: ["none", "None", "nOnE"])
    func unsigned(label: String) throws {
        let token = ReadToken(Sample.token { $0.algorithm = SigningAlgorithm(label) })
        #expect(try token.header["alg"] == .string(label))
        #expect(token.segments.count == 3)
        #expect(token.segments[2] == "")
    }

    @Test("can be any bytes at all, rightly signed")
    func rawBytes() {
        let token = ReadToken(
            Sample.token {
                $0.rawHeader = Array("not JSON".utf8)
                $0.rawPayload = [0xff, 0x00, 0xfe]
            })
        #expect(token.bytes(0) == Data("not JSON".utf8))
        #expect(token.bytes(1) == Data([0xff, 0x00, 0xfe]))
        #expect(token.isSigned(with: Sample.secret))
    }

    @Test("keeps its meaning but not its bytes when header or payload is tampered with")
    func tamperedObjects() throws {
        let header = ReadToken(Sample.token { $0.tampered = [.header] })
        #expect(header.segments[0] != Self.honest.segments[0])
        #expect(header.segments[1...] == Self.honest.segments[1...])
        #expect(try header.header == Sample.header)
        #expect(!header.isSigned(with: Sample.secret))

        let payload = ReadToken(Sample.token { $0.tampered = [.payload] })
        #expect(payload.segments[0] == Self.honest.segments[0])
        #expect(payload.segments[2] == Self.honest.segments[2])
        #expect(payload.segments[1] != Self.honest.segments[1])
        #expect(try payload.payload == Sample.payload)
        #expect(!payload.isSigned(with: Sample.secret))
    }

    @Test("differs in one bit when the signature is tampered with")
    func tamperedSignature() throws {
        let token = ReadToken(Sample.token { $0.tampered = [.signature] })
        #expect(token.segments[..<2] == Self.honest.segments[..<2])
        let (one, other) = (try #require(token.bytes(2)), try #require(Self.honest.bytes(2)))
        #expect(one.count == other.count)
        #expect(zip(one, other).map { ($0 ^ $1).nonzeroBitCount }.reduce(0, +) == 1)
    }

    @Test("can have an empty segment", arguments: TokenFlaws.Segment.allCases)
    func emptied(segment: TokenFlaws.Segment) throws {
        let index = try #require(TokenFlaws.Segment.allCases.firstIndex(of: segment))
        var expected = Self.honest.segments
        expected[index] = ""
        #expect(ReadToken(Sample.token { $0.emptied = [segment] }).segments == expected)
    }

    @Test("can have a segment too few or too many")
    func segmentCount() {
        let short = ReadToken(Sample.token { $0.dropsSignature = true })
        #expect(short.segments == Array(Self.honest.segments[..<2]))
        let long = ReadToken(Sample.token { $0.extraSegment = "ZXh0cmE" })
        #expect(long.segments == Self.honest.segments + ["ZXh0cmE"])
    }
}
