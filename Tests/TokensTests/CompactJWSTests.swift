import StrictJSON
import Testing
import Tokens

@Suite("Compact JWS")
struct CompactJWSTests {
    static let key = MACKey(Secret(Array("0123456789abcdef0123456789abcdef".utf8)))

    /// A token over any header and payload, rightly signed.
    static func token(_ header: String, _ payload: String = "{}") -> [UInt8] {
        let input = Base64URL.encode(Array(header.utf8)) + [0x2E] + Base64URL.encode(Array(payload.utf8))
        return input + [0x2E] + Base64URL.encode(key.mac(input[...]).array)
    }

    static func verdict(
        _ token: [UInt8], _ type: CompactJWS.ExpectedType = .jwtOrAbsent, key: MACKey = key
    ) -> TokenError? {
        do {
            _ = try CompactJWS(parsing: token, type: type).claims(verifiedBy: [key])
            return nil
        } catch { return error }
    }

    @Test("RFC 7515, appendix A.1: the example token is verified")
    func rfcExample() throws {
        let token = """
            eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9le\
            GFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk
            """
        let secret = "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow"
        let key = MACKey(Secret(try #require(Base64URL.decode(Array(secret.utf8)[...]))))
        let jws = try CompactJWS(parsing: Array(token.utf8), type: .jwtOrAbsent)
        #expect(try jws.claims(verifiedBy: [key]).claims.root["iss"]?.string == "joe")
    }

    @Test(
        "RFC 4231, section 4: keys shorter and longer than the hash and its block",
        arguments: [
            (
                "Jefe", "what do ya want for nothing?",
                "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
            ),
            (
                String(repeating: "\u{0b}", count: 20), "Hi There",
                "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
            ),
        ])
    func macVectors(_ key: String, _ message: String, _ expected: String) {
        let mac = MACKey(Secret(Array(key.utf8))).mac(Array(message.utf8)[...])
        #expect(mac.array.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() == expected)
    }

    @Test(
        "Headers",
        arguments: [
            (#"{"alg":"HS256"}"#, nil),
            (#"{"alg":"HS256","typ":"JWT"}"#, nil),
            (#"{"alg":"HS256","kid":"1"}"#, nil),
            (#"{"alg":"none"}"#, .algorithm),
            (#"{"alg":"None"}"#, .algorithm),
            (#"{"alg":"hs256"}"#, .algorithm),
            (#"{"alg":"HS512"}"#, .algorithm),
            (#"{"alg":"RS256"}"#, .algorithm),
            (#"{"alg":["HS256"]}"#, .algorithm),
            (#"{"alg":null}"#, .algorithm),
            ("{}", .algorithm),
            (#"{"alg":"HS256\u0000"}"#, .algorithm),
            (#"{"alg":"HS256","typ":"jwt"}"#, nil),
            (#"{"alg":"HS256","typ":"JwT"}"#, nil),
            (#"{"alg":"HS256","typ":null}"#, .type),
            (#"{"alg":"HS256","typ":"welkin-session"}"#, .type),
            (#"{"alg":"HS256","crit":["exp"]}"#, .critical),
            (#"{"alg":"HS256","crit":[]}"#, .critical),
            (#"{"alg":"HS256","crit":null}"#, .critical),
            (#"{"alg":"none","alg":"HS256"}"#, .header),
            (#"{"alg":"HS256","alg":"HS256"}"#, .header),
            (#"["HS256"]"#, .header),
            ("null", .header),
            ("{", .header),
            ("not json", .header),
            (#"{"alg":"HS256"} "#, nil),
            (#"{"alg":"HS256"}x"#, .header),
            (#"{"alg":"HS256","x":1e400}"#, .header),
            (#"{"alg":"HS256","x":[[[[[[[[1]]]]]]]]}"#, .header),
        ] as [(String, TokenError?)])
    func headers(_ header: String, _ expected: TokenError?) {
        #expect(Self.verdict(Self.token(header)) == expected)
    }

    @Test(
        "Payloads",
        arguments: [
            ("{}", nil),
            (#"{"a":1}"#, nil),
            ("[]", .payload),
            ("1", .payload),
            (#"{"a":1,"a":1}"#, .payload),
            (#"{"a":NaN}"#, .payload),
            (#"{"a":1e400}"#, .payload),
            ("{", .payload),
            (#"{"a":"\ud800"}"#, .payload),
        ] as [(String, TokenError?)])
    func payloads(_ payload: String, _ expected: TokenError?) {
        #expect(Self.verdict(Self.token(#"{"alg":"HS256"}"#, payload)) == expected)
    }

    @Test("What is wrong outside is found before the signature is looked at, and that before the claims")
    func order() {
        var token = Self.token(#"{"alg":"HS256"}"#, "not json")
        token[token.count - 3] ^= 1
        #expect(Self.verdict(token) == .signature)
        #expect(Self.verdict(Self.token(#"{"alg":"none"}"#, "not json")) == .algorithm)
    }

    @Test("Segments")
    func segments() {
        let good = Self.token(#"{"alg":"HS256"}"#)
        let parts = good.split(separator: 0x2E).map(Array.init)
        let (h, p, s) = (parts[0], parts[1], parts[2])
        let dot: [UInt8] = [0x2E]
        for bad in [
            [], dot, dot + dot, h, h + dot, h + dot + p, h + dot + p + dot, dot + p + dot + s, h + dot + dot + s,
            good + dot, dot + good, good + dot + s, h + p + s,
        ] {
            #expect(Self.verdict(bad) == .segments, "\(String(decoding: bad, as: UTF8.self))")
        }
        #expect(Self.verdict(good) == nil)
    }

    @Test("A session's type is asked for exactly")
    func ownTypes() {
        let token = TokenSigner(type: "welkin-session", key: Self.key).sign(Array("{}".utf8))
        #expect(Self.verdict(token, .exactly("welkin-session")) == nil)
        #expect(Self.verdict(token, .exactly("welkin-other")) == .type)
        #expect(Self.verdict(token, .jwtOrAbsent) == .type)
        #expect(Self.verdict(Self.token(#"{"alg":"HS256"}"#), .exactly("welkin-session")) == .type)
    }

    @Test("The key that signed is named, among several, and all of them if it stands there twice")
    func severalKeys() throws {
        let other = MACKey(Secret(Array("another key, also long enough for it".utf8)))
        let jws = try CompactJWS(parsing: Self.token(#"{"alg":"HS256"}"#), type: .jwtOrAbsent)
        #expect(jws.verifyingKeys(among: [other, Self.key]) == [1])
        #expect(jws.verifyingKeys(among: [Self.key, other, Self.key]) == [0, 2])
        #expect(jws.verifyingKeys(among: [other]) == [])
        #expect(throws: TokenError.signature) { try jws.claims(verifiedBy: [other]) }
        #expect(throws: TokenError.signature) { try jws.claims(verifiedBy: []) }
    }
}
