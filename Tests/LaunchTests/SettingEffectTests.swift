import Gateway
import Launch
import Platform
import StrictJSON
import Testing

@Suite("What a setting says happens, also to what was there before it changed")
struct SettingEffectTests {
    private static let now = Deployment.now

    /// How a request to a session ended: nil when it was answered, else the page's reason.
    private func refusal(_ response: Response) throws -> String? {
        response.status == 200 ? nil : try response.json()["error"]?.string
    }

    /// A request to a session by each way in which a session is presented: read, renewed, exchanged.
    private func requests(_ launched: Launched) throws -> [Request] {
        let handoff = try #require(launched.handoff)
        return [
            launched.request("GET", cookie: launched.cookie),
            launched.request("POST", body: "{}", cookie: launched.cookie),
            launched.request("POST", body: #"{"handoff":"\#(handoff)"}"#),
        ]
    }

    @Test("A session of another environment than WELKIN_PROVIDER_ID is refused")
    func provider() throws {
        let launched = try Launched(Deployment().launch())
        let mine = try Deployment(["WELKIN_PROVIDER_ID": Deployment.provider])
        let other = try Deployment(["WELKIN_PROVIDER_ID": "another-provider"])
        for request in try requests(launched) {
            #expect(try refusal(mine.handler.respond(to: request, now: Self.now)) == nil)
            #expect(try refusal(other.handler.respond(to: request, now: Self.now)) == "session_invalid")
            #expect(other.reason == "session_foreign")
        }
    }

    @Test("A launch from another environment than WELKIN_PROVIDER_ID is refused")
    func launchProvider() throws {
        #expect(try Deployment(["WELKIN_PROVIDER_ID": Deployment.provider]).launch().status == 302)
        let other = try Deployment(["WELKIN_PROVIDER_ID": "another-provider"])
        #expect(other.launch().status == 401)
        #expect(other.reason == "provider_refused")
    }

    @Test("A lowered WELKIN_SESSION_MAX ends sessions that began before it")
    func maximum() throws {
        let launched = try Launched(Deployment().launch())
        let lowered = try Deployment(["WELKIN_SESSION_MAX": "300"])
        let request = launched.request("GET", cookie: launched.cookie)
        #expect(try refusal(Deployment().handler.respond(to: request, now: Self.now + 300)) == nil)
        #expect(try refusal(lowered.handler.respond(to: request, now: Self.now + 299)) == nil)
        #expect(try refusal(lowered.handler.respond(to: request, now: Self.now + 300)) == "session_expired")
    }

    @Test("With WELKIN_HANDOFF=off no hand-off and no token is given, and none that was given before is taken")
    func handoff() throws {
        let on = try Deployment()
        let off = try Deployment(["WELKIN_HANDOFF": "off"])
        let launched = try Launched(on.launch())
        let exchange = try requests(launched)[2]
        let token = try #require(on.handler.respond(to: exchange, now: Self.now).json()["token"]?.string)
        #expect(try refusal(off.handler.respond(to: exchange, now: Self.now)) == "handoff_invalid")
        #expect(off.reason == "handoff_disabled")

        var bearer = launched.request("GET")
        bearer.authorization = "Bearer \(token)"
        for request in [launched.request("GET", header: token), bearer] {
            #expect(try refusal(on.handler.respond(to: request, now: Self.now)) == nil)
            #expect(try refusal(off.handler.respond(to: request, now: Self.now)) == "session_missing")
        }

        #expect(try Launched(off.launch()).handoff == nil)
        let renewal = launched.request("POST", body: "{}", cookie: launched.cookie)
        #expect(try on.handler.respond(to: renewal, now: Self.now).json()["token"] != nil)
        let renewed = off.handler.respond(to: renewal, now: Self.now)
        #expect(renewed.status == 200)
        #expect(try renewed.json()["token"] == nil)
        #expect(renewed["Set-Cookie"] != nil)
    }

    @Test("WELKIN_CLOCK_LEEWAY widens every check of time by itself", arguments: [0, 1, 60, 300] as [Int64])
    func leeway(_ seconds: Int64) throws {
        let deployment = try Deployment(["WELKIN_CLOCK_LEEWAY": "\(seconds)"])
        for (claim, good, bad, reason) in [
            ("exp", 1 - seconds, -seconds, "expired"), ("exp", 600 + seconds, 601 + seconds, "expiry_too_far"),
            ("nbf", seconds, seconds + 1, "not_yet_valid"), ("iat", seconds, seconds + 1, "issued_in_future"),
        ] {
            #expect(deployment.launch(Deployment.token([Claim(claim, "\(Self.now + good)")])).status == 302)
            #expect(deployment.launch(Deployment.token([Claim(claim, "\(Self.now + bad)")])).status == 401)
            #expect(deployment.reason == reason)
        }
    }

    @Test("WELKIN_ISSUER is what iss has to be, instead of Welkin's own")
    func issuer() throws {
        let deployment = try Deployment(["WELKIN_ISSUER": "issuer.example"])
        #expect(deployment.launch(Deployment.token([Claim("iss", "\"issuer.example\"")])).status == 302)
        #expect(deployment.launch().status == 401)
        #expect(deployment.reason == "issuer_mismatch")
    }

    @Test("A cookie lives for what is left of the session, and not longer")
    func maximumAge() throws {
        let short = try Launched(Deployment(["WELKIN_SESSION_MAX": "600"]).launch())
        #expect(short.cookieHeader.contains("; Max-Age=600;"))

        let deployment = try Deployment(["WELKIN_SESSION_MAX": "1000"])
        let launched = try Launched(deployment.launch())
        let renewal = launched.request("POST", body: "{}", cookie: launched.cookie)
        for (seconds, left) in [(0, 900), (100, 900), (101, 899), (899, 101)] as [(Int64, Int64)] {
            let renewed = deployment.handler.respond(to: renewal, now: Self.now + seconds)
            #expect(renewed["Set-Cookie"]?.contains("; Max-Age=\(left);") == true, "after \(seconds) seconds")
        }
        let exchange = try requests(launched)[2]
        let exchanged = deployment.handler.respond(to: exchange, now: Self.now + 59)
        #expect(exchanged["Set-Cookie"]?.contains("; Max-Age=900;") == true)
    }
}
