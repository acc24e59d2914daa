import Crypto
import Foundation
import Simulator
import Testing

@Suite("A launch token")
struct LaunchTokenTests {
    @Test("has exactly Welkin's claims, in the order of its documentation")
    func claims() throws {
        #expect(
            String(decoding: Sample.token().payload, as: UTF8.self) == """
                {"iss":"coach.welkinhealth.com","aud":"https://app.example/launch","exp":1700000600,\
                "welkin_oauth_client_id":"client-1","welkin_patient_id":"p-1","welkin_worker_id":"w-1",\
                "welkin_provider_id":"e-1"}
                """)
    }

    @Test("has no patient claim when the App is opened from outside a patient")
    func noPatient() throws {
        var claims = Sample.claims
        claims.patientID = nil
        let token = MintedToken(claims: claims, secret: Sample.secret, now: Sample.now)
        #expect(try ReadToken(token).payload == Sample.payload(with: ["welkin_patient_id": nil]))
    }

    @Test("is three canonical segments, signed with HS256")
    func signed() throws {
        let token = ReadToken(Sample.token())
        #expect(token.segments.count == 3)
        #expect(token.segments.allSatisfy { $0.wholeMatch(of: /[A-Za-z0-9_-]+/) != nil })
        #expect(try token.header == Sample.header)
        #expect(token.isSigned(with: Sample.secret))
        #expect(!token.isSigned(with: SigningSecret(Array("another".utf8))))
    }

    /// The example of RFC 7515, appendix A.1, which was signed by somebody else.
    @Test("is what RFC 7515 shows for the same bytes and key")
    func referenceVector() throws {
        let key = try #require(
            Data(
                base64Encoded:
                    "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ+EstJQLr/T+1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow=="))
        var flaws = TokenFlaws()
        flaws.rawHeader = Array("{\"typ\":\"JWT\",\r\n \"alg\":\"HS256\"}".utf8)
        flaws.rawPayload = Array(
            "{\"iss\":\"joe\",\r\n \"exp\":1300819380,\r\n \"http://example.com/is_root\":true}".utf8)
        let token = MintedToken(
            claims: Sample.claims, secret: SigningSecret(Array(key)), flaws: flaws, now: 0)
        #expect(
            token.compact == """
                eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9\
                .eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ\
                .dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk
                """)
    }

    @Test("is the same for the same second, as Welkin's is")
    func deterministic() {
        #expect(Sample.token().compact == Sample.token().compact)
    }

    @Test("is posted as the one field of a form")
    func form() {
        let token = Sample.token()
        #expect(token.form == "token=\(token.compact)")
        let padded = Sample.token { $0.extraSegment = "a b=+é" }
        #expect(padded.form.hasSuffix(".a+b%3D%2B%C3%A9"))
    }

    @Test(
        "escapes what JSON has to have escaped",
        arguments: ["plain", "a\"b", "a\\b", "line\nfeed\r\t", "\0\u{1f}", "é 😀 \u{2028}", "\u{7f}"])
    func escapes(text: String) throws {
        var claims = Sample.claims
        claims.workerID = text
        let token = MintedToken(claims: claims, secret: Sample.secret, now: Sample.now)
        #expect(try ReadToken(token).payload["welkin_worker_id"] == .string(text))
    }

    @Test("is signed with a secret that never prints")
    func secretIsSilent() {
        var dumped = ""
        dump(Sample.secret, to: &dumped)
        let printed = ["\(Sample.secret)", String(reflecting: Sample.secret), dumped]
        #expect(printed.allSatisfy { $0.contains("•••") })
        #expect(printed.allSatisfy { !$0.contains("tests") && !$0.contains("97") })
    }

    @Test("can be signed with a secret of bytes, written as base64")
    func byteText() {
        #expect(ByteText.bytes("base64:AP8=") == [0, 255])
        #expect(ByteText.bytes("base64:") == [])
        #expect(ByteText.bytes("base64:*") == nil)
        #expect(ByteText.bytes("é") == [0xc3, 0xa9])
    }
}
