import DataAPI
import Replica
import Sync
import Synchronization
import Testing

@Suite("A page that nothing sound follows")
struct StuckTests {
    static let instant = Instant("2026-01-01T00:00:00.5Z")!

    private func world(together: Int) throws -> World {
        let world = try World()
        for index in 0..<3 { world.welkin.put("a\(index)", at: Self.instant - .seconds(10 - index)) }
        for index in 0..<together { world.welkin.put("b\(index)", at: Self.instant) }
        for index in 0..<3 { world.welkin.put("c\(index)", at: Self.instant + .seconds(10 + index)) }
        return world
    }

    @Test("grows until it reaches past an instant, and shrinks again", arguments: FakeLinks.sound)
    func grows(links: FakeLinks) async throws {
        let world = try world(together: 30)
        world.welkin.change { $0.links = links }
        #expect(await world.pull().outcome == .done)
        #expect(try await world.rows() == world.expected)
        let sizes = world.welkin.requests.map { $0.page.size ?? 0 }
        #expect(sizes.contains(8) && sizes.contains(32) && !sizes.contains(64))
    }

    @Test("at its largest names the instant and goes on behind it; larger pages bring the rest")
    func stuck() async throws {
        let world = try world(together: 70)
        let result = await world.pull()
        #expect(result.outcome == .done && result.unfinished == 1)
        #expect(try await world.status()?.unfinished == [Self.instant])
        #expect(try await world.rows().keys.filter { $0.hasPrefix("c") }.count == 3)
        let larger = SyncSettings(overlap: .seconds(60), settle: .seconds(5), pageSize: 4, maximumPageSize: 128)
        world.clock.advance(by: .seconds(3600))
        let second = await world.pull(larger)
        #expect(second.outcome == .done && second.unfinished == 0)
        #expect(try await world.rows() == world.expected)
    }

    @Test(
        "is an error when no link is sound; the next run asks for it again",
        arguments: [FakeWelkin.Fault.unclear, .foreign])
    func unclear(fault: FakeWelkin.Fault) async throws {
        let world = try world(together: 3)
        world.welkin.change { $0.fault = { $0 == 2 ? fault : nil } }
        #expect(await world.pull().outcome == .failed(.unclearLink))
        #expect(try await world.state().cursor == nil)
        #expect(await world.pull().outcome == .done)
        #expect(try await world.rows() == world.expected)
        let requests = world.welkin.requests
        try #require(requests.count > 2)
        #expect(requests[2] == requests[1])
    }

    @Test("passes when next is the page itself only once")
    func stuckOnce() async throws {
        let world = try world(together: 3)
        world.welkin.change { $0.fault = { $0 == 2 ? .stuck : nil } }
        #expect(await world.pull().outcome == .done)
        #expect(try await world.rows() == world.expected)
    }

    @Test("does no harm when it is an old one again, even another window's last")
    func repeated() async throws {
        let world = try world(together: 3)
        world.welkin.change { $0.fault = { $0 == 3 ? .repeated : nil } }
        #expect(await world.pull().outcome == .done)
        #expect(try await world.rows() == world.expected)
        world.clock.advance(by: .seconds(3600))
        world.welkin.put("new", at: world.clock.now - .seconds(1800))
        let count = world.welkin.requests.count
        world.welkin.change { $0.fault = { $0 == count + 1 ? .repeated : nil } }
        #expect(await world.pull().outcome == .done)
        #expect(try await world.rows() == world.expected)
    }

    /// A Welkin whose links carry tokens; asked with the token of a request, it gives the next one.
    private final class TokenSource: PageSource {
        let asked = Mutex<[String]>([])
        let next: @Sendable (String) -> String?

        init(_ next: @escaping @Sendable (String) -> String?) { self.next = next }

        func page(_ request: FindRequest) async throws -> Page {
            let token = request.page.further.first?.value ?? "start"
            let count = asked.withLock {
                $0.append(token)
                return $0.count
            }
            // Rather than for ever.
            guard count < 100 else { throw FakeWelkin.Failure() }
            let next = next(token).map { #""next": {"meta": {"page[token]": "\#($0)"}}"# } ?? ""
            let body = #"{"data": [{"id": "\#(token)"}], "links": {\#(next)}}"#
            var page = try Page(parsing: Array(body.utf8), answering: request, origin: .welkin)
            page.askedAt = TestClock().now
            return page
        }

        func record(_ resource: Resource, id: String) async throws -> Record? { nil }
        func isReachable() async -> Bool { true }
    }

    @Test("is an error when the tokens lead in a circle; the next run begins without them")
    func circle() async throws {
        let world = try world(together: 0)
        let circle = TokenSource { ["start": "a", "a": "b", "b": "c", "c": "a"][$0] }
        var engine = SyncEngine(
            source: circle, store: world.replica, settings: World.settings, now: { world.clock.now })
        #expect(await engine.pull([world.stream])[0].outcome == .failed(.circle(at: nil)))
        #expect(circle.asked.withLock { $0.count } < 15)
        // Nothing was passed over.
        let state = try await world.state()
        #expect(state.cursor == nil && state.window != nil)
        #expect(try await world.rows().keys.sorted() == ["a", "b", "c", "start"])
        let straight = TokenSource { ["start": "a", "a": "b", "b": "c", "c": "d"][$0] }
        engine = SyncEngine(source: straight, store: world.replica, settings: World.settings, now: { world.clock.now })
        #expect(await engine.pull([world.stream])[0].outcome == .done)
        #expect(straight.asked.withLock { $0.prefix(5) } == ["start", "a", "b", "c", "d"])
        #expect(try await world.state().cursor != nil)
    }

    @Test("is an error when the answers never belong to the request")
    func wrongPage() async throws {
        let world = try world(together: 3)
        _ = await world.pull()
        let state = try await world.state()
        world.clock.advance(by: .seconds(3600))
        world.welkin.change { $0.fault = { _ in .repeated } }
        #expect(await world.pull().outcome.code == "wrong_page")
        #expect(try await world.state() == state)
    }
}
