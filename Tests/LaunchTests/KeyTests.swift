import Gateway
import Identifiers
import Launch
import Platform
import Sessions
import StrictJSON
import TestSupport
import Testing
import Tokens

@Suite("Session keys and secrets")
struct KeyTests {
    private static let now = Deployment.now
    private static let oldKey = "session key, thirty-two bytes long"
    private static let newKey = "another session key, also long enough"

    private func exchange(_ launched: Launched, at deployment: Deployment) throws -> Response {
        let request = try launched.request("POST", body: #"{"handoff":"\#(#require(launched.handoff))"}"#)
        return deployment.handler.respond(to: request, now: Self.now)
    }

    @Test("What was sealed and signed before a key was rotated holds as long as the key is there")
    func rotation() throws {
        let folder = try TemporaryFolder()
        let oldOnly = try Deployment(["WELKIN_SESSION_KEY": Deployment.key(Self.oldKey)])
        let both = try Deployment([
            "WELKIN_SESSION_KEY": Deployment.key(Self.newKey),
            "WELKIN_SESSION_KEYS_FILE": folder.write("keys", Deployment.key(Self.oldKey) + "\n"),
        ])
        let newOnly = try Deployment(["WELKIN_SESSION_KEY": Deployment.key(Self.newKey)])
        let before = try Launched(oldOnly.launch())
        let read = before.request("GET", cookie: before.cookie)
        #expect(try exchange(before, at: both).status == 200)
        #expect(both.handler.respond(to: read, now: Self.now).status == 200)
        #expect(try exchange(before, at: newOnly).json()["error"]?.string == "handoff_invalid")
        #expect(newOnly.handler.respond(to: read, now: Self.now).status == 401)
        // The first key is the one that seals and signs: the old one can go.
        let after = try Launched(both.launch())
        #expect(try exchange(after, at: newOnly).status == 200)
        #expect(try exchange(after, at: oldOnly).status == 401)
    }

    /// A session's claims as ours are, with some of them changed.
    private func sessionToken(
        of launched: Launched, _ patient: String?, key: String = oldKey, type: String = "welkin-session"
    ) -> String {
        let launch = launched.path.split(separator: "/")[2]
        let claims = """
            {"jti":"\(launch)","app":"main","sub":"w",\(patient.map { #""pat":\#($0),"# } ?? "")"prv":"p",\
            "iat":\(Self.now),"exp":\(Self.now + 900)}
            """
        let signer = TokenSigner(type: type, key: MACKey(Secret(Array(key.utf8))))
        return String(decoding: signer.sign(Array(claims.utf8)), as: UTF8.self)
    }

    @Test(
        "A session whose patient cannot be read is refused, and not taken for one without a patient",
        arguments: ["null", "1", "\"\"", "\"a b\"", "\"a/b\"", "{}", "[\"a\"]", "true"])
    func patient(_ wrong: String) throws {
        let deployment = try Deployment()
        let launched = try Launched(deployment.launch())
        func read(_ token: String) -> Response {
            deployment.handler.respond(to: launched.request("GET", header: token), now: Self.now)
        }
        #expect(try read(sessionToken(of: launched, "\"a\"")).json()["patient"]?.string == "a")
        #expect(try read(sessionToken(of: launched, nil)).json()["patient"]?.isNull == true)
        let refused = read(sessionToken(of: launched, wrong))
        #expect(refused.status == 401)
        #expect(try refused.json()["error"]?.string == "session_invalid")
    }

    @Test("A session that another key has signed, or that is of another type, is none")
    func signature() throws {
        let deployment = try Deployment()
        let launched = try Launched(deployment.launch())
        for token in [
            sessionToken(of: launched, nil, key: Self.newKey), sessionToken(of: launched, nil, type: "JWT"),
            sessionToken(of: launched, nil, key: Deployment.secret),
        ] {
            let response = deployment.handler.respond(to: launched.request("GET", header: token), now: Self.now)
            #expect(try response.json()["error"]?.string == "session_invalid")
        }
    }

    @Test("A secret's short id tells it from others, and is the same on every machine and in every version")
    func shortIDs() {
        func id(_ secret: String, client: String = "client-1") -> String {
            ClientSecret(client: ClientID(client)!, secret: Secret(Array(secret.utf8))).shortID
        }
        // HMAC-SHA256 of "welkin secret id" under the secret, by OpenSSL: the first four bytes.
        #expect(id("0123456789abcdef0123456789abcdef") == "9638bc73")
        #expect(id("another secret of thirty-two bytes") == "d2f7c7ce")
        #expect(id("0123456789abcdef0123456789abcdef", client: "client-2") == "9638bc73")
    }

    @Test("A pseudonym stands for one identifier under one key, and is of no use under another")
    func pseudonyms() throws {
        func keys(_ texts: String...) throws -> SessionKeys {
            try #require(SessionKeys(texts.map { Secret(Array($0.utf8)) }))
        }
        let (old, new) = (try keys(Self.oldKey), try keys(Self.newKey))
        #expect(try old.pseudonym("a") == keys(Self.oldKey, Self.newKey).pseudonym("a"))
        #expect(old.pseudonym("a") != old.pseudonym("b"))
        #expect(old.pseudonym("a") != new.pseudonym("a"))
        #expect(old.pseudonym("a").wholeMatch(of: /[0-9a-f]{10}/) != nil)
    }

    @Test("Keys have short ids in their order, by which an operator tells them apart")
    func keyIDs() throws {
        func ids(_ texts: String...) -> [String]? { SessionKeys(texts.map { Secret(Array($0.utf8)) })?.shortIDs }
        let (old, new) = (try #require(ids(Self.oldKey)), try #require(ids(Self.newKey)))
        // HMAC-SHA256 of "welkin key id" under the key, by OpenSSL: the first four bytes.
        #expect(old == ["444f721e"] && new == ["b6d29426"])
        #expect(ids(Self.newKey, Self.oldKey) == new + old)
    }

    @Test("The log calls a worker by the pseudonym, the same in two launches and another under another key")
    func log() throws {
        func worker(_ deployment: Deployment) throws -> Substring {
            _ = deployment.launch()
            return try #require(deployment.log.last?.firstMatch(of: /worker=([0-9a-f]{10})\b/)?.1)
        }
        let deployment = try Deployment()
        #expect(try worker(deployment) == worker(deployment))
        #expect(try worker(deployment) != worker(Deployment(["WELKIN_SESSION_KEY": Deployment.key(Self.newKey)])))
    }
}
