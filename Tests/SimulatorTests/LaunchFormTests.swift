import Simulator
import Testing

@Suite("The form of a launch")
struct LaunchFormTests {
    @Test("asks for an honest launch when it says nothing, or a patient")
    func honest() throws {
        for (body, patient) in [("", nil), ("patient=p-1", "p-1")] {
            let form = try LaunchForm(body)
            #expect(form.patient == patient)
            #expect(form.secret == nil)
            #expect(form.flaws == TokenFlaws())
        }
    }

    /// Each field with the one thing that it changes.
    static let fields: [(String, @Sendable (inout TokenFlaws) -> Void)] = [
        ("claim=a%3D%22b+c%22", { $0.claims = [.init(name: "a", value: #""b c""#)] }),
        ("claim=a%3D1&claim=b%3D2", { $0.claims = [.init(name: "a", value: "1"), .init(name: "b", value: "2")] }),
        ("repeat-claim=exp%3D1%3D2", { $0.repeatedClaims = [.init(name: "exp", value: "1=2")] }),
        ("without=exp&without=aud", { $0.withoutClaims = ["exp", "aud"] }),
        ("expires-in=-300", { $0.expiresIn = -300 }),
        ("algorithm=none", { $0.algorithm = SigningAlgorithm("none") }),
        ("type=at%2Bjwt", { $0.type = "at+jwt" }),
        ("critical=exp", { $0.critical = ["exp"] }),
        ("encoding=trailing-bits", { $0.encoding = .trailingBits }),
        ("tamper=payload&tamper=header", { $0.tampered = [.payload, .header] }),
        ("drop-signature=", { $0.dropsSignature = true }),
    ]

    @Test("names what is to be wrong", arguments: fields.indices)
    func flaw(index: Int) throws {
        let (body, change) = Self.fields[index]
        var expected = TokenFlaws()
        change(&expected)
        let form = try LaunchForm(body)
        #expect(form.flaws == expected)
        #expect(form.flaws != TokenFlaws())
    }

    @Test("names another secret, as text or as bytes")
    func secret() throws {
        #expect(try LaunchForm("secret=abc").secret?.bytes == Array("abc".utf8))
        #expect(try LaunchForm("secret=base64:AAE%3D").secret?.bytes == [0, 1])
    }

    @Test(
        "is refused for a field that is unknown or makes no sense",
        arguments: [
            ("patients=x", "patients"),
            ("x", "x"),
            ("claim=exp", "claim"),
            ("claim=%3D1", "claim"),
            ("repeat-claim=exp", "repeat-claim"),
            ("expires-in=soon", "expires-in"),
            ("expires-in=", "expires-in"),
            ("expires-in=9223372036854775807", "expires-in"),
            ("encoding=hex", "encoding"),
            ("tamper=all", "tamper"),
            ("secret=base64:*", "secret"),
            ("patient=%zz", nil),
            ("patient=%ff", nil),
        ])
    func refused(body: String, field: String?) throws {
        let error = try #require(throws: InvalidLaunchForm.self) { try LaunchForm(body) }
        #expect(error.field == field)
    }
}
