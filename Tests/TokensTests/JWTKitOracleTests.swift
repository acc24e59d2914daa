import JWTKit
import StrictJSON
import Testing
import Tokens

/// Claims with no checks of their own, so that jwt-kit judges the token alone.
struct PlainClaims: JWTPayload, Equatable {
    var sub: String
    var exp: Int
    func verify(using algorithm: some JWTAlgorithm) throws {}
}

@Suite("jwt-kit and we agree")
struct JWTKitOracleTests {
    /// Long enough for SHA-512 too: jwt-kit stops at keys shorter than the hash.
    static let secret = "a secret of sixty-four bytes at least, so that every hash takes it"

    static func theirs(_ secret: String = secret) async -> JWTKeyCollection {
        await JWTKeyCollection().add(hmac: HMACKey(from: secret), digestAlgorithm: .sha256)
    }

    static func ours(_ secret: String = secret) -> MACKey { MACKey(Secret(Array(secret.utf8))) }

    static func accepts(_ token: String, _ key: MACKey = ours()) -> Bool {
        guard let jws = try? CompactJWS(parsing: Array(token.utf8), type: .jwtOrAbsent) else { return false }
        return (try? jws.claims(verifiedBy: [key])) != nil
    }

    @Test("What jwt-kit signs, we accept, and read the same claims", arguments: [0, 1, 16, 40, 300])
    func fromTheirs(_ length: Int) async throws {
        let claims = PlainClaims(sub: String(repeating: "é", count: length), exp: 1_700_000_000 + length)
        let token = try await Self.theirs().sign(claims)
        let jws = try CompactJWS(parsing: Array(token.utf8), type: .jwtOrAbsent)
        let read = try jws.claims(verifiedBy: [Self.ours()]).claims.root
        #expect(read["sub"]?.string == claims.sub)
        #expect(read["exp"]?.integer == Int64(claims.exp))
    }

    @Test("What we sign, jwt-kit accepts", arguments: ["JWT", nil] as [String?])
    func fromOurs(_ type: String?) async throws {
        let token = TokenSigner(type: type, key: Self.ours()).sign(Array(#"{"sub":"w","exp":1700000000}"#.utf8))
        let read = try await Self.theirs().verify(String(decoding: token, as: UTF8.self), as: PlainClaims.self)
        #expect(read == PlainClaims(sub: "w", exp: 1_700_000_000))
    }

    // For shorter ones see the vectors of RFC 4231 in CompactJWSTests.
    @Test("Secrets of every length give the same signature", arguments: [32, 63, 64, 65, 200])
    func secrets(_ length: Int) async throws {
        let secret = String(repeating: "k", count: length)
        let token = try await Self.theirs(secret).sign(PlainClaims(sub: "w", exp: 1))
        #expect(Self.accepts(token, Self.ours(secret)))
        #expect(!Self.accepts(token, Self.ours(secret + "x")))
    }

    @Test("Every flipped bit of a token is refused by both")
    func flippedBits() async throws {
        let token = Array(try await Self.theirs().sign(PlainClaims(sub: "w", exp: 1)).utf8)
        let keys = await Self.theirs()
        for index in token.indices {
            for bit in 0..<7 {
                var changed = token
                changed[index] ^= 1 << bit
                let text = String(decoding: changed, as: UTF8.self)
                #expect(!Self.accepts(text), "byte \(index), bit \(bit)")
                // The last character of a signature holds two bits that stand for nothing. jwt-kit
                // ignores them; we refuse what is not canonical (RFC 4648, section 3.5), so that
                // one signature has one text and "used once" cannot be got around.
                guard index < token.count - 1 else { continue }
                await #expect(throws: (any Error).self, "byte \(index), bit \(bit)") {
                    try await keys.verify(text, as: PlainClaims.self)
                }
            }
        }
        #expect(Self.accepts(String(decoding: token, as: UTF8.self)))
    }

    @Test("Cut short anywhere, both refuse it")
    func truncated() async throws {
        let token = try await Self.theirs().sign(PlainClaims(sub: "w", exp: 1))
        let keys = await Self.theirs()
        for length in 0..<token.utf8.count {
            let text = String(token.prefix(length))
            #expect(!Self.accepts(text))
            await #expect(throws: (any Error).self) { try await keys.verify(text, as: PlainClaims.self) }
        }
    }

    @Test("Other algorithms, rightly signed with the same secret, are refused by both")
    func algorithms() async throws {
        for digest in [DigestAlgorithm.sha384, .sha512] {
            let other = await JWTKeyCollection().add(hmac: HMACKey(from: Self.secret), digestAlgorithm: digest)
            let token = try await other.sign(PlainClaims(sub: "w", exp: 1))
            #expect(throws: TokenError.algorithm) { try CompactJWS(parsing: Array(token.utf8), type: .jwtOrAbsent) }
            await #expect(throws: (any Error).self) { try await Self.theirs().verify(token, as: PlainClaims.self) }
        }
    }
}
