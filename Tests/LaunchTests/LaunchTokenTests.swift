import Gateway
import Launch
import Platform
import Testing

@Suite("What a launch token must say")
struct LaunchTokenTests {
    private static let now = Deployment.now

    @Test("A token as Welkin signs it launches the App")
    func good() throws {
        let deployment = try Deployment()
        #expect(deployment.launch().status == 302)
        #expect(deployment.reason == nil)
    }

    @Test(
        "A token that is good in another way launches too",
        arguments: [
            Claim("welkin_patient_id", nil), Claim("welkin_patient_id", "null"), Claim("exp", "\(now.seconds - 29)"),
            Claim("exp", "\(now + 630)"), Claim("aud", "[\"https://app.example/launch\"]"),
            Claim("welkin_oauth_client_id", "\"CLIENT-1\""),
            Claim("exp", "\(now + 60).5"), Claim("nbf", "\(now + 30)"), Claim("iat", "\(now + 30)"),
            Claim("iat", "\(now)"),
            Claim("unknown_claim", "{\"a\":[1]}"), Claim("welkin_worker_id", "\"a\""),
            Claim("welkin_worker_id", "\"0123456789012345678901234567890123456789\""),
        ] as [Claim])
    func goodToo(_ claim: Claim) throws {
        let deployment = try Deployment()
        #expect(deployment.launch(Deployment.token([claim])).status == 302, "\(deployment.reason ?? "")")
    }

    @Test(
        "A claim that is wrong is refused with its own reason",
        arguments: [
            (Claim("exp", nil), "claims_malformed"),
            (Claim("exp", "\"1800000600\""), "claims_malformed"),
            (Claim("exp", "-1"), "claims_malformed"),
            (Claim("exp", "null"), "claims_malformed"),
            (Claim("exp", "1e300"), "claims_malformed"),
            (Claim("exp", "1e400"), "claims_malformed"),
            (Claim("nbf", "\"x\""), "claims_malformed"),
            (Claim("iat", "true"), "claims_malformed"),
            (Claim("iat", "-5"), "claims_malformed"),
            (Claim("welkin_oauth_client_id", nil), "client_mismatch"),
            (Claim("welkin_oauth_client_id", "\"client-2\""), "client_mismatch"),
            (Claim("welkin_oauth_client_id", "[\"client-1\"]"), "client_mismatch"),
            (Claim("iss", nil), "issuer_mismatch"),
            (Claim("iss", "\"client-1\""), "issuer_mismatch"),
            (Claim("iss", "1"), "issuer_mismatch"),
            (Claim("aud", nil), "audience_mismatch"),
            (Claim("aud", "\"https://app.example/launch/\""), "audience_mismatch"),
            (Claim("aud", "\"https://APP.example/launch\""), "audience_mismatch"),
            (Claim("aud", "[]"), "audience_mismatch"),
            (Claim("aud", "{}"), "audience_mismatch"),
            (Claim("aud", "[\"https://app.example/launch\",\"https://other.example\"]"), "audience_mismatch"),
            (Claim("aud", "[\"https://other.example\",\"https://app.example/launch\"]"), "audience_mismatch"),
            (Claim("aud", "[[\"https://app.example/launch\"]]"), "audience_mismatch"),
            (Claim("aud", "[\"https://other.example\"]"), "audience_mismatch"),
            (Claim("exp", "\(now.seconds - 30)"), "expired"),
            (Claim("exp", "0"), "expired"),
            (Claim("exp", "\(now + 631)"), "expiry_too_far"),
            (Claim("nbf", "\(now + 31)"), "not_yet_valid"),
            (Claim("iat", "\(now + 31)"), "issued_in_future"),
            (Claim("welkin_worker_id", nil), "worker_invalid"),
            (Claim("welkin_worker_id", "\"\""), "worker_invalid"),
            (Claim("welkin_worker_id", "7"), "worker_invalid"),
            (Claim("welkin_worker_id", "\"a\\r\\nSet-Cookie: x\""), "worker_invalid"),
            (Claim("welkin_worker_id", "\"01234567890123456789012345678901234567890\""), "worker_invalid"),
            (Claim("welkin_worker_id", "\"a b\""), "worker_invalid"),
            (Claim("welkin_worker_id", "\"é\""), "worker_invalid"),
            (Claim("welkin_worker_id", "\"<b>\""), "worker_invalid"),
            (Claim("welkin_worker_id", "\"a\\u0000\""), "worker_invalid"),
            (Claim("welkin_provider_id", nil), "provider_invalid"),
            (Claim("welkin_provider_id", "\"\\u007f\""), "provider_invalid"),
            (Claim("welkin_patient_id", "\"\""), "patient_invalid"),
            (Claim("welkin_patient_id", "1"), "patient_invalid"),
            (Claim("welkin_patient_id", "\"a/b\""), "patient_invalid"),
            (Claim("welkin_patient_id", "false"), "patient_invalid"),
        ] as [(Claim, String)])
    func refused(_ claim: Claim, _ reason: String) throws {
        let deployment = try Deployment()
        #expect(deployment.launch(Deployment.token([claim])).status == 401)
        #expect(deployment.reason == reason)
    }

    @Test("Ids are GUIDs, in which case has no meaning", arguments: [true, false])
    func cases(isUpper: Bool) throws {
        func cased(_ text: String) -> String { isUpper ? text.uppercased() : text.lowercased() }
        let (worker, provider) = (Deployment.worker, Deployment.provider)
        let deployment = try Deployment(["WELKIN_PROVIDER_ID": cased(provider), "WELKIN_CLIENT_ID": cased("client-1")])
        let claims = [
            Claim("welkin_provider_id", "\"\(provider.uppercased())\""),
            Claim("welkin_worker_id", "\"\(worker.uppercased())\""),
        ]
        let launched = try Launched(deployment.launch(Deployment.token(claims)))
        let session = deployment.handler.respond(
            to: launched.request("GET", cookie: launched.cookie), now: Self.now)
        #expect(session.status == 200)
        // The log's name of a worker is one for each.
        let before = try #require(deployment.log.last?.firstMatch(of: /worker=([0-9a-f]{10})/)?.1)
        _ = deployment.launch()
        #expect(try before == #require(deployment.log.last?.firstMatch(of: /worker=([0-9a-f]{10})/)?.1))
        let other = Claim("welkin_provider_id", "\"\(provider.dropLast())0\"")
        #expect(deployment.launch(Deployment.token([other])).status == 401)
        #expect(deployment.reason == "provider_refused")
    }

    @Test("The first thing that is wrong wins, in design order")
    func order() throws {
        let deployment = try Deployment()
        let wrong: [(String, String, String)] = [
            ("exp", "\"x\"", "claims_malformed"), ("welkin_oauth_client_id", "\"x\"", "client_mismatch"),
            ("iss", "\"x\"", "issuer_mismatch"), ("aud", "\"x\"", "audience_mismatch"), ("exp", "1", "expired"),
            ("nbf", "\(Self.now + 99)", "not_yet_valid"), ("iat", "\(Self.now + 99)", "issued_in_future"),
            ("welkin_worker_id", "1", "worker_invalid"), ("welkin_provider_id", "1", "provider_invalid"),
            ("welkin_patient_id", "1", "patient_invalid"),
        ]
        for index in wrong.indices {
            // Everything from here on is wrong; exp can only be wrong in one way at a time.
            var claims: [Claim] = []
            for (name, json, _) in wrong[index...] where !claims.contains(where: { $0.name == name }) {
                claims.append(Claim(name, json))
            }
            _ = deployment.launch(Deployment.token(claims))
            #expect(deployment.reason == wrong[index].2)
        }
    }
}
