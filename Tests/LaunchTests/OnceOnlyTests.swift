import Gateway
import Launch
import Platform
import Sessions
import StrictJSON
import TestSupport
import Testing

@Suite("With a state folder, what must happen once happens once")
struct OnceOnlyTests {
    private let folder: TemporaryFolder
    private let deployment: Deployment
    private let now = Deployment.now

    init() throws {
        folder = try TemporaryFolder()
        deployment = try Deployment(["WELKIN_STATE_DIR": folder.path])
    }

    @Test("A launch token is used once, with some seconds' grace for the double click")
    func token() {
        let token = Deployment.token()
        #expect(deployment.launch(token).status == 302)
        #expect(deployment.launch(token, now: now + 3).status == 302)
        #expect(deployment.launch(token, now: now + 4).status == 401)
        #expect(deployment.reason == "token_replayed")
        #expect(deployment.launch(Deployment.token([Claim("exp", "\(now + 599)")]), now: now + 4).status == 302)
    }

    @Test("Without a state folder a token can be used again")
    func stateless() throws {
        let stateless = try Deployment()
        let token = Deployment.token()
        #expect(stateless.launch(token).status == 302)
        #expect(stateless.launch(token, now: now + 100).status == 302)
    }

    @Test("A hand-off is exchanged once")
    func handoff() throws {
        let launched = try Launched(deployment.launch())
        let request = try launched.request("POST", body: #"{"handoff":"\#(#require(launched.handoff))"}"#)
        #expect(deployment.handler.respond(to: request, now: now).status == 200)
        let second = deployment.handler.respond(to: request, now: now)
        #expect(second.status == 401)
        #expect(try second.json()["error"]?.string == "handoff_used")
    }

    @Test("An ended launch is over for every copy of its session, and only that launch")
    func ended() throws {
        let launched = try Launched(deployment.launch())
        let other = try Launched(deployment.launch())
        let ending = deployment.handler.respond(to: launched.request("DELETE", cookie: launched.cookie), now: now)
        #expect(ending.status == 204)
        #expect(ending["Set-Cookie"]?.contains("Max-Age=0") == true)
        let after = deployment.handler.respond(to: launched.request("GET", cookie: launched.cookie), now: now)
        #expect(try after.json()["error"]?.string == "session_ended")
        let handoff = try launched.request("POST", body: #"{"handoff":"\#(#require(launched.handoff))"}"#)
        #expect(try deployment.handler.respond(to: handoff, now: now).json()["error"]?.string == "session_ended")
        #expect(deployment.handler.respond(to: other.request("GET", cookie: other.cookie), now: now).status == 200)
    }

    @Test("When the folder cannot be written, nobody is let in")
    func failing() throws {
        let launched = try Launched(deployment.launch())
        deployment.memory.fail(with: 28)
        #expect(deployment.launch(Deployment.token([Claim("exp", "\(now + 1)")])).status == 503)
        #expect(deployment.reason == "state_unavailable")
        #expect(
            deployment.handler.respond(to: launched.request("GET", cookie: launched.cookie), now: now).status == 503)
        #expect(deployment.handler.respond(to: Request(method: "GET", path: "/healthz"), now: now).status == 503)
    }
}

@Suite("The state folder")
struct StateFolderTests {
    @Test("Of a hundred that try at once, one is first")
    func race() async throws {
        let folder = try TemporaryFolder()
        let store = StateFolder(path: folder.path)
        let event = StateEvent(.launched, [1, 2, 3])
        let firsts = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<100 { group.addTask { (try? store.first(event, now: 7, expires: 1000)) == .some(nil) } }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(firsts == 1)
        #expect(try store.first(event, now: 9, expires: 1000) == 7)
        #expect(try store.happened(event))
        #expect(try !store.happened(StateEvent(.ended, [1, 2, 3])))
    }

    @Test("What no longer matters is swept away, the rest stays, and other files are left alone")
    func sweep() throws {
        let folder = try TemporaryFolder()
        let store = StateFolder(path: folder.path)
        let (old, new) = (StateEvent(.launched, [1]), StateEvent(.exchanged, [2]))
        _ = try store.first(old, now: 0, expires: 100)
        _ = try store.first(new, now: 0, expires: 101)
        try folder.write("note.txt", "mine")
        store.sweep(now: 100)
        #expect(try !store.happened(old))
        #expect(try store.happened(new))
        #expect(folder.names.contains("note.txt"))
        #expect(folder.names.count == 2)
    }

    @Test("A folder that is not there says so by its errno")
    func missing() {
        let store = StateFolder(path: "/nonexistent/folder")
        #expect(throws: StateError(code: 2)) { try store.first(StateEvent(.ended, [1]), now: 0, expires: 1) }
        // "Not there" must not pass for "did not happen" when it is the folder that is missing.
        #expect(throws: StateError(code: 2)) { try store.happened(StateEvent(.ended, [1])) }
    }
}
