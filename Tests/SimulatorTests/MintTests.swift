import ArgumentParser
import Foundation
import Simulator
import Testing
import welkin_simulator

@Suite("welkin-simulator mint")
struct MintTests {
    private static let client = [
        "--app-url", "https://app.example/launch", "--client-id", "client-1",
        "--secret", "a secret for nothing but tests", "--now", "1700000000",
    ]
    private static let identifiers = ["--worker", "w-1", "--patient", "p-1", "--provider", "e-1"]

    private func mint(_ options: [String]) throws -> MintedToken {
        try Mint.parse(Self.client + Self.identifiers + options).minted().token
    }

    @Test("signs an honest token for the ids that it is given, and has nothing to say")
    func honest() throws {
        let minted = try Mint.parse(Self.client + Self.identifiers).minted()
        #expect(minted.token.compact == Sample.token().compact)
        #expect(minted.notes == [])
    }

    @Test("takes random GUIDs for ids that it is not given, and says which")
    func random() throws {
        let minted = try Mint.parse(Self.client + ["--provider", "e-1"]).minted()
        let payload = try ReadToken(minted.token).payload
        let expected = try ["worker", "patient"].map { what in
            let id = try #require(payload["welkin_\(what)_id"])
            guard case .string(let text) = id else { return "no text" }
            #expect(UUID(uuidString: text)?.uuidString.lowercased() == text)
            return "\(what) \(text)"
        }
        #expect(minted.notes == expected)
        #expect(try Mint.parse(Self.client).minted().token.compact != minted.token.compact)
    }

    @Test("leaves the patient out when asked to")
    func noPatient() throws {
        let options = Self.client + ["--worker", "w-1", "--provider", "e-1", "--no-patient"]
        let payload = try ReadToken(Mint.parse(options).minted().token).payload
        #expect(payload == Sample.payload(with: ["welkin_patient_id": nil]))
    }

    /// Each option of the command line beside the flaw that it has to be.
    private static let flaws: [([String], @Sendable (inout TokenFlaws) -> Void)] = [
        (["--issuer", "i"], { $0.issuer = "i" }),
        (["--audience", ""], { $0.audience = "" }),
        (["--expired"], { $0.expiresIn = -300 }),
        (["--expired", "31"], { $0.expiresIn = -31 }),
        (["--expires-in", "631"], { $0.expiresIn = 631 }),
        (["--expires-in", "-1"], { $0.expiresIn = -1 }),
        (["--client-id-claim", "c"], { $0.clientID = "c" }),
        (["--claim", "a=[1,\"=\"]"], { $0.claims = [.init(name: "a", value: "[1,\"=\"]")] }),
        (
            ["--claim", "exp=", "--claim", "x=1"],
            { $0.claims = [.init(name: "exp", value: ""), .init(name: "x", value: "1")] }
        ),
        (["--without", "exp", "--without", "aud"], { $0.withoutClaims = ["exp", "aud"] }),
        (["--repeat-claim", "aud=1"], { $0.repeatedClaims = [.init(name: "aud", value: "1")] }),
        (["--algorithm", "none"], { $0.algorithm = SigningAlgorithm("none") }),
        (["--type", ""], { $0.type = "" }),
        (["--critical", "a", "--critical", "b"], { $0.critical = ["a", "b"] }),
        (["--header", "kid=1"], { $0.headers = [.init(name: "kid", value: "1")] }),
        (["--without-header", "alg"], { $0.withoutHeaders = ["alg"] }),
        (["--raw-header", "{}"], { $0.rawHeader = Array("{}".utf8) }),
        (["--raw-payload", "base64:/w=="], { $0.rawPayload = [0xff] }),
        (["--encoding", "trailing-bits"], { $0.encoding = .trailingBits }),
        (["--tamper", "header", "--tamper", "signature"], { $0.tampered = [.header, .signature] }),
        (["--empty", "payload"], { $0.emptied = [.payload] }),
        (["--drop-signature"], { $0.dropsSignature = true }),
        (["--extra-segment"], { $0.extraSegment = "ZXh0cmE" }),
        (["--extra-segment", "x"], { $0.extraSegment = "x" }),
    ]

    @Test("is wrong in just the way that an option says", arguments: flaws.indices)
    func flaw(index: Int) throws {
        let (options, flaw) = Self.flaws[index]
        #expect(try mint(options).compact == Sample.token(flaw).compact)
        #expect(Sample.token(flaw).compact != Sample.token().compact)
    }

    @Test("signs with another secret when it is given one")
    func otherSecret() throws {
        let token = ReadToken(try mint(["--secret", "base64:AP8="]))
        #expect(token.isSigned(with: SigningSecret([0, 255])))
        #expect(try token.payload == Sample.payload)
    }

    @Test("leaves out every claim and header that there is", arguments: LaunchClaims.names)
    func without(claim: String) throws {
        let payload = try ReadToken(mint(["--without", claim])).payload
        #expect(payload == Sample.payload(with: [claim: nil]))
        #expect(try mint(["--header", "kid=1", "--without-header", "kid"]).compact == Sample.token().compact)
    }

    @Test("says all that is missing or wrong at once")
    func problems() throws {
        let error = try #require(throws: (any Error).self) {
            try Mint.parse(["--secret", "base64:*", "--app-url", "http://app.example/launch"])
        }
        let message = Mint.message(for: error)
        for part in [
            "3 settings are missing or invalid:", "http is for localhost", "--client-id, or WELKIN_CLIENT_ID",
            "--secret",
        ] {
            #expect(message.contains(part), "\(part)")
        }
    }

    @Test(
        "refuses options that make no sense",
        arguments: [
            ["--expired", "--expires-in", "1"], ["--patient", "p", "--no-patient"], ["--claim", "exp"],
            ["--claim", "=1"], ["--tamper", "all"], ["--encoding", "hex"], ["--raw-payload", "base64:*"],
            ["--app-url", "http://app.example/launch"], ["--secret", "base64:*"],
            // Names that nothing has: a typing error would leave the token right.
            ["--without", "welkin_worker"], ["--without", "exp", "--without", "nbf"], ["--without-header", "kid"],
        ])
    func refused(options: [String]) {
        #expect(throws: (any Error).self) { try Mint.parse(Self.client + options).minted() }
    }
}
