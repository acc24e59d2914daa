import Gateway
import Launch
import Platform
import Sessions
import StrictJSON
import TestSupport
import Testing

@Suite("What happened once is remembered for as long as it could happen again, and no longer")
struct RememberingTests {
    private static let now = Deployment.now
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// A deployment over a store of each kind, and the store.
    private func deployment(
        _ kind: StoreKind, _ changes: [String: String] = [:]
    ) throws -> (Deployment, any SweepableStore) {
        let store = kind.make(in: folder)
        return (try Deployment(changes.merging(["WELKIN_STATE_DIR": folder.path]) { $1 }, store: store), store)
    }

    @Test(
        "A used token is refused to the last second in which it would be good",
        arguments: [0, 30, 300] as [Int64], StoreKind.allCases)
    func token(_ leeway: Int64, _ kind: StoreKind) throws {
        let (deployment, store) = try deployment(kind, ["WELKIN_CLOCK_LEEWAY": "\(leeway)"])
        let token = Deployment.token()
        let last = Self.now + (600 + leeway - 1)
        #expect(deployment.launch(token).status == 302)
        store.sweep(now: last)
        #expect(deployment.launch(token, now: last).status == 401)
        #expect(deployment.reason == "token_replayed")
        // Swept away, it is refused by its own expiry.
        store.sweep(now: last + 2)
        #expect(deployment.launch(token, now: last + 2).status == 401)
        #expect(deployment.reason == "expired")
        // And the twin: nothing but the store had refused it.
        let (other, _) = try self.deployment(.memory, ["WELKIN_CLOCK_LEEWAY": "\(leeway)"])
        #expect(other.launch(token, now: last).status == 302)
    }

    @Test("A hand-off that was exchanged is refused to the last second of its minute", arguments: StoreKind.allCases)
    func handoff(_ kind: StoreKind) throws {
        let (deployment, store) = try deployment(kind)
        func exchange(_ launched: Launched, after seconds: Int64) throws -> String? {
            let request = try launched.request("POST", body: #"{"handoff":"\#(#require(launched.handoff))"}"#)
            let response = deployment.handler.respond(to: request, now: Self.now + seconds)
            return response.status == 200 ? nil : try response.json()["error"]?.string
        }
        let launched = try Launched(deployment.launch())
        let other = try Launched(deployment.launch())
        #expect(try exchange(launched, after: 0) == nil)
        store.sweep(now: Self.now + 59)
        #expect(try exchange(launched, after: 59) == "handoff_used")
        #expect(try exchange(other, after: 59) == nil)
        store.sweep(now: Self.now + 61)
        #expect(try exchange(launched, after: 61) == "handoff_expired")
    }

    @Test(
        "An ended session stays ended to the last second that any copy of it could live", arguments: StoreKind.allCases)
    func ended(_ kind: StoreKind) throws {
        let (deployment, store) = try deployment(kind, ["WELKIN_SESSION_MAX": "1000"])
        let launched = try Launched(deployment.launch())
        func respond(_ method: String, _ cookie: String, after seconds: Int64) -> Response {
            let body = method == "POST" ? "{}" : nil
            return deployment.handler.respond(
                to: launched.request(method, body: body, cookie: cookie), now: Self.now + seconds)
        }
        let renewed = try #require(respond("POST", launched.cookie, after: 899)["Set-Cookie"])
        let copy = String(renewed.prefix { $0 != ";" })
        #expect(respond("GET", copy, after: 999).status == 200)
        // Ended by the older copy, which has only a second left itself.
        #expect(respond("DELETE", launched.cookie, after: 899).status == 204)
        store.sweep(now: Self.now + 999)
        #expect(try respond("GET", copy, after: 999).json()["error"]?.string == "session_ended")
        store.sweep(now: Self.now + 1_001)
        #expect(try respond("GET", copy, after: 1_001).json()["error"]?.string == "session_expired")
    }

    @Test("Nothing is remembered for longer than it matters")
    func forgotten() throws {
        let deployment = try Deployment(["WELKIN_STATE_DIR": folder.path])
        let launched = try Launched(deployment.launch())
        let exchange = try launched.request("POST", body: #"{"handoff":"\#(#require(launched.handoff))"}"#)
        #expect(deployment.handler.respond(to: exchange, now: Self.now + 10).status == 200)
        let end = launched.request("DELETE", cookie: launched.cookie)
        #expect(deployment.handler.respond(to: end, now: Self.now + 20).status == 204)
        // Each is of no use from the second on in which the thing itself is refused; one second more
        // is what a clock's rounding may need.
        #expect(deployment.memory.expiries(.launched).allSatisfy { (630...631).contains($0 - Self.now) })
        #expect(deployment.memory.expiries(.exchanged).allSatisfy { (60...61).contains($0 - Self.now) })
        #expect(deployment.memory.expiries(.ended).allSatisfy { (28_800...28_801).contains($0 - Self.now) })
        #expect(deployment.memory.count == 3)
        deployment.memory.sweep(now: Self.now + 28_801)
        #expect(deployment.memory.count == 0)
    }
}
