import JWTKit
import StrictJSON
import Testing
import Tokens

/// A token that no honest signer makes, under a right signature all the same, so that nothing but
/// the oddity itself can be what is refused.
struct OddToken: CustomTestStringConvertible, Sendable {
    let testDescription: String
    /// Both segments as they stand in the token, already encoded.
    let header: [UInt8]
    let payload: [UInt8]
    let ours: TokenError
    /// Whether jwt-kit takes it: there we are the stricter ones.
    let isTakenByTheirs: Bool

    static let goodHeader = #"{"alg":"HS256","typ":"JWT"}"#
    static let goodPayload = #"{"sub":"w","exp":1700000000}"#

    init(
        _ name: String, header: String = goodHeader, payload: String = goodPayload, ours: TokenError,
        isTakenByTheirs: Bool, encode: (String) -> [UInt8] = { Base64URL.encode(Array($0.utf8)) }
    ) {
        testDescription = name
        self.header = encode(header)
        self.payload = encode(payload)
        self.ours = ours
        self.isTakenByTheirs = isTakenByTheirs
    }

    var token: [UInt8] {
        let input = header + [UInt8(ascii: ".")] + payload
        return input + [UInt8(ascii: ".")] + Base64URL.encode(JWTKitOracleTests.ours().mac(input[...]).array)
    }
}

@Suite("Odd tokens under a right signature")
struct StricterThanJWTKitTests {
    /// With the padding that RFC 7515, section 2, leaves out.
    private static let padded: @Sendable (String) -> [UInt8] = { text in
        let encoded = Base64URL.encode(Array(text.utf8))
        return encoded + [UInt8](repeating: UInt8(ascii: "="), count: (4 - encoded.count % 4) % 4)
    }

    static let odd = [
        // jwt-kit verifies with the algorithm of the key that it has, whatever the token asks for.
        // We do not take a token that says of itself that it is another kind of thing.
        OddToken("alg none", header: #"{"alg":"none"}"#, ours: .algorithm, isTakenByTheirs: true),
        OddToken("alg in lower case", header: #"{"alg":"hs256"}"#, ours: .algorithm, isTakenByTheirs: true),
        OddToken("alg of another hash", header: #"{"alg":"HS512"}"#, ours: .algorithm, isTakenByTheirs: true),
        OddToken("no alg", header: #"{"typ":"JWT"}"#, ours: .algorithm, isTakenByTheirs: true),
        // RFC 8725, section 3.11: the type keeps one kind of token from being taken for another.
        OddToken("another typ", header: #"{"alg":"HS256","typ":"other"}"#, ours: .type, isTakenByTheirs: true),
        OddToken("typ is null", header: #"{"alg":"HS256","typ":null}"#, ours: .type, isTakenByTheirs: true),
        // RFC 7515, section 4.1.11: who does not understand an extension named there must refuse.
        OddToken("crit", header: #"{"alg":"HS256","crit":["exp"],"exp":1}"#, ours: .critical, isTakenByTheirs: true),
        OddToken("empty crit", header: #"{"alg":"HS256","crit":[]}"#, ours: .critical, isTakenByTheirs: true),
        // RFC 7515, section 4, and RFC 7519, section 4, let a reader refuse doubled names or take the
        // last one. Two readers that take different ones could be played off against each other.
        OddToken(
            "doubled header member", header: #"{"alg":"HS256","alg":"HS256"}"#, ours: .header, isTakenByTheirs: true),
        OddToken(
            "doubled header member, the first one wrong", header: #"{"alg":"none","alg":"HS256"}"#, ours: .header,
            isTakenByTheirs: true),
        OddToken(
            "doubled claim", payload: #"{"sub":"w","sub":"x","exp":1700000000}"#, ours: .payload, isTakenByTheirs: true),
        OddToken(
            "doubled claim, once escaped", payload: #"{"sub":"w","s\u0075b":"x","exp":1700000000}"#, ours: .payload,
            isTakenByTheirs: true),
        // One token has one text, so that "used once" cannot be got around.
        OddToken(
            "padded segments", payload: #"{"sub":"w","exp":17}"#, ours: .encoding, isTakenByTheirs: true, encode: padded
        ),
        // What both refuse.
        OddToken("alg is no string", header: #"{"alg":256}"#, ours: .algorithm, isTakenByTheirs: false),
        OddToken("header is no object", header: #"["HS256"]"#, ours: .header, isTakenByTheirs: false),
        OddToken("header is no JSON", header: "HS256", ours: .header, isTakenByTheirs: false),
        OddToken("payload is an array", payload: #"["w",1700000000]"#, ours: .payload, isTakenByTheirs: false),
        OddToken("payload is a string", payload: #""w""#, ours: .payload, isTakenByTheirs: false),
        OddToken("payload is null", payload: "null", ours: .payload, isTakenByTheirs: false),
        OddToken("payload is no JSON", payload: "w", ours: .payload, isTakenByTheirs: false),
        OddToken("something after the payload", payload: goodPayload + "x", ours: .payload, isTakenByTheirs: false),
    ]

    private static let goodPayload = OddToken.goodPayload

    @Test("We refuse each for its own reason; jwt-kit takes those that the table says", arguments: odd)
    func verdicts(_ odd: OddToken) async throws {
        #expect(CompactJWSTests.verdict(odd.token, key: JWTKitOracleTests.ours()) == odd.ours)
        let taken = try? await JWTKitOracleTests.theirs().verify(odd.token, as: PlainClaims.self)
        #expect((taken != nil) == odd.isTakenByTheirs)
    }

    @Test("The token that they all differ from in one thing is taken by both")
    func twin() async throws {
        let good = OddToken("good", ours: .segments, isTakenByTheirs: true).token
        #expect(CompactJWSTests.verdict(good, key: JWTKitOracleTests.ours()) == nil)
        let read = try await JWTKitOracleTests.theirs().verify(good, as: PlainClaims.self)
        #expect(read == PlainClaims(sub: "w", exp: 1_700_000_000))
    }
}
