import Gateway
import Launch
import Platform
import StrictJSON
import Testing

@Suite("Sessions")
struct SessionTests {
    private let deployment: Deployment
    private let launched: Launched
    private let now = Deployment.now

    init() throws {
        deployment = try Deployment()
        launched = try Launched(deployment.launch())
    }

    private func respond(_ request: Request, after seconds: Int64 = 0) -> Response {
        deployment.handler.respond(to: request, now: now + seconds)
    }

    @Test("The cookie shows who is signed in, which patient, and until when")
    func read() throws {
        let response = respond(launched.request("GET", cookie: launched.cookie), after: 10)
        #expect(response.status == 200)
        let json = try response.json()
        #expect(json["worker"]?.string == Deployment.worker)
        #expect(json["patient"]?.string == Deployment.patient)
        #expect(json["provider"]?.string == Deployment.provider)
        #expect(json["app"]?.string == "main")
        #expect(json["host_origin"]?.string == "https://coach.welkinhealth.com")
        #expect(json["now"]?.integer == (now + 10).seconds)
        #expect(json["expires_at"]?.integer == (now + 900).seconds)
        #expect(json["ends_at"]?.integer == (now + 28_800).seconds)
        #expect(json["token"] == nil)
    }

    @Test("Without a patient the session says null")
    func noPatient() throws {
        let launched = try Launched(deployment.launch(Deployment.token([Claim("welkin_patient_id", nil)])))
        let json = try respond(launched.request("GET", cookie: launched.cookie)).json()
        #expect(json["patient"]?.isNull == true)
    }

    @Test("The address says when there is no patient, and nothing when there is one")
    func hint() throws {
        let without = try Launched(deployment.launch(Deployment.token([Claim("welkin_patient_id", nil)])))
        #expect(without.saysNoPatient)
        #expect(without.handoff?.contains("&") == false)
        #expect(!launched.saysNoPatient)
    }

    @Test("The hand-off becomes a token that is as good as the cookie")
    func exchange() throws {
        let handoff = try #require(launched.handoff)
        let exchanged = respond(launched.request("POST", body: #"{"handoff":"\#(handoff)"}"#), after: 59)
        #expect(exchanged.status == 200)
        let token = try #require(exchanged.json()["token"]?.string)
        #expect(respond(launched.request("GET", header: token), after: 60).status == 200)
        var request = launched.request("GET")
        request.authorization = "Bearer \(token)"
        #expect(respond(request, after: 60).status == 200)
    }

    @Test("A hand-off is good for a minute, for its launch, and unchanged")
    func badHandoffs() throws {
        let handoff = try #require(launched.handoff)
        let other = try Launched(deployment.launch())
        func reason(_ launched: Launched, _ text: String, after seconds: Int64 = 0) throws -> String? {
            let response = respond(launched.request("POST", body: #"{"handoff":"\#(text)"}"#), after: seconds)
            #expect(response.status == 401)
            return try response.json()["error"]?.string
        }
        #expect(try reason(launched, handoff, after: 60) == "handoff_expired")
        #expect(try reason(other, handoff) == "handoff_invalid")
        #expect(try reason(launched, String(handoff.dropLast())) == "handoff_invalid")
        #expect(try reason(launched, (handoff.first == "A" ? "B" : "A") + handoff.dropFirst()) == "handoff_invalid")
        #expect(try reason(launched, "") == "handoff_invalid")
        #expect(try reason(launched, String(launched.cookie.dropFirst("__Secure-welkin=".count))) == "handoff_invalid")
        let asSession = respond(launched.request("GET", header: handoff))
        #expect(try asSession.json()["error"]?.string == "session_invalid")
    }

    @Test("A session slides while it is renewed, and ends at its maximum")
    func slides() throws {
        var cookie = launched.cookie
        var seconds: Int64 = 0
        while seconds + 800 < 28_800 {
            seconds += 800
            let renewed = respond(launched.request("POST", body: "{}", cookie: cookie), after: seconds)
            #expect(renewed.status == 200, "after \(seconds) s")
            let header = try #require(renewed["Set-Cookie"])
            cookie = String(header.prefix { $0 != ";" })
            #expect(try renewed.json()["expires_at"]?.integer == (now + min(seconds + 900, 28_800)).seconds)
        }
        #expect(respond(launched.request("GET", cookie: cookie), after: 28_799).status == 200)
        let ended = respond(launched.request("POST", body: "{}", cookie: cookie), after: 28_800)
        #expect(try ended.json()["error"]?.string == "session_expired")
    }

    @Test("Idle for fifteen minutes, it has ended")
    func idle() throws {
        #expect(respond(launched.request("GET", cookie: launched.cookie), after: 899).status == 200)
        let response = respond(launched.request("GET", cookie: launched.cookie), after: 900)
        #expect(response.status == 401)
        #expect(try response.json()["error"]?.string == "session_expired")
    }

    @Test("A session is good for its own launch and App only")
    func foreign() throws {
        let other = try Launched(deployment.launch())
        let response = respond(other.request("GET", cookie: launched.cookie))
        #expect(response.status == 401)
        #expect(try response.json()["error"]?.string == "session_invalid")
        #expect(deployment.reason == "session_foreign")
        // Several at once, as a browser sends them: the right one is found.
        #expect(respond(other.request("GET", cookie: "\(launched.cookie); \(other.cookie)")).status == 200)
    }

    @Test("Neither a launch token nor anything else passes for a session", arguments: ["", "x", "a.b.c"])
    func invalid(_ token: String) throws {
        for cookie in ["__Secure-welkin=\(token)", "__Secure-welkin=\(Deployment.token())"] {
            let response = respond(launched.request("GET", cookie: cookie))
            #expect(try response.json()["error"]?.string == "session_invalid")
        }
        let none = respond(launched.request("GET", cookie: "welkin=x"))
        #expect(try none.json()["error"]?.string == "session_missing")
    }

    @Test("A session token does not launch the App")
    func sessionAsLaunch() throws {
        let token = String(launched.cookie.dropFirst("__Secure-welkin=".count))
        #expect(deployment.launch(token).status == 401)
        #expect(deployment.reason == "type_refused")
    }

    @Test("What changes something must come from the App's own page", arguments: ["POST", "DELETE"])
    func origin(_ method: String) throws {
        for origin in [nil, "null", "https://coach.welkinhealth.com", "https://app.example.evil", "http://app.example"]
        {
            let request = launched.request(method, body: "{}", cookie: launched.cookie, origin: origin)
            #expect(respond(request).status == 403, "\(origin ?? "none")")
            #expect(deployment.reason == "origin_refused")
        }
        #expect(respond(launched.request(method, body: "{}", cookie: launched.cookie)).status < 300)
    }

    @Test("A body that is none of ours is refused", arguments: ["", "[]", "{", "null", #"{"handoff":1,"handoff":2}"#])
    func body(_ text: String) {
        #expect(respond(launched.request("POST", body: text, cookie: launched.cookie)).status == 400)
        var request = launched.request("POST", body: "{}", cookie: launched.cookie)
        request.contentType = "text/plain"
        #expect(respond(request).status == 415)
        request.contentType = "application/json"
        request.body = .tooLarge
        #expect(respond(request).status == 413)
    }

    @Test("Other methods are told which there are")
    func methods() {
        let response = respond(launched.request("PUT"))
        #expect(response.status == 405)
        #expect(response["Allow"] == "GET, POST, DELETE")
    }
}
