import DataAPI
import Replica
import Sync
import Testing

@Suite("A pull by a clock that is wrong")
struct ClockTests {
    private func pulled(_ count: Int = 10) async throws -> World {
        let world = try World()
        for index in 0..<count { world.welkin.put("p\(index)", at: PullTests.day + .seconds(60 * index)) }
        #expect(await world.pull().outcome == .done)
        return world
    }

    private func isDone(_ world: World) async throws -> Bool {
        let result = await world.pull()
        return result.outcome == .done
    }

    @Test("that is behind goes by Welkin's, and says so", arguments: [-90, -3600, -86_400 * 30])
    func behind(seconds: Int) async throws {
        let world = try await pulled()
        world.clock.advance(by: .seconds(1800))
        world.welkin.put("new", at: world.clock.now - .seconds(10))
        world.ahead = .seconds(seconds)
        #expect(try await isDone(world))
        #expect(try await world.rows() == world.expected)
        #expect(try await world.state().cursor == world.clock.now - .seconds(5))
        #expect(world.events.contains { if case .clockBehind = $0 { true } else { false } })
    }

    @Test("that is a little behind leaves no gap up to Welkin's now, and says nothing", arguments: [-6, -30, -60])
    func littleBehind(seconds: Int) async throws {
        let world = try await pulled()
        world.clock.advance(by: .seconds(1800))
        world.welkin.put("new", at: world.clock.now - .seconds(5))
        world.ahead = .seconds(seconds)
        #expect(try await isDone(world))
        #expect(try await world.rows() == world.expected)
        #expect(try await world.state().cursor == world.clock.now - .seconds(5))
        #expect(!world.events.contains { if case .clockBehind = $0 { true } else { false } })
    }

    @Test("whose answers have no date is believed no further than records prove")
    func undatedAhead() async throws {
        let world = try await pulled(10)
        world.welkin.change { $0.now = nil }
        world.ahead = .seconds(7200)
        world.clock.advance(by: .seconds(60))
        world.welkin.put("p0", at: world.clock.now - .seconds(30))
        #expect(try await isDone(world))
        #expect(try await world.state().cursor == world.clock.now - .seconds(35))
        #expect(world.events.contains { if case .undated = $0 { true } else { false } })
        // The clock is right again; what changed in those hours comes.
        world.ahead = .zero
        for index in 1..<10 {
            world.clock.advance(by: .seconds(600))
            world.welkin.put("p\(index)", at: world.clock.now - .seconds(10))
        }
        #expect(try await isDone(world))
        #expect(try await world.rows() == world.expected)
    }

    @Test("whose answers have no date reaches what is newer than a clock that is behind")
    func undatedBehind() async throws {
        let world = try await pulled()
        world.welkin.change { $0.now = nil }
        world.clock.advance(by: .seconds(3600))
        world.welkin.put("new", at: world.clock.now - .seconds(10))
        world.ahead = .seconds(-7200)
        #expect(try await isDone(world))
        #expect(try await world.rows() == world.expected)
    }

    @Test("finds everything anew, and says so, where the cursor is ahead of Welkin's", arguments: [0, 86_400, -3600])
    func cursorAhead(ahead: Int) async throws {
        let world = try await pulled()
        // As an earlier version left it, by a clock that was six hours ahead.
        try await world.leave(StreamState(cursor: world.clock.now + .seconds(6 * 3600)))
        for index in 0..<10 {
            world.clock.advance(by: .seconds(600))
            world.welkin.put("p\(index)", at: world.clock.now - .seconds(30))
        }
        world.ahead = .seconds(ahead)
        #expect(try await isDone(world))
        #expect(try await world.rows() == world.expected)
        #expect(try await world.state().cursor == world.clock.now - .seconds(5))
        let told = world.events.compactMap { if case .cursorAhead(_, let time) = $0 { time } else { nil } }
        #expect(told == [.seconds(6 * 3600 - 6000)])
        // And once only.
        world.clock.advance(by: .seconds(600))
        #expect(try await isDone(world))
        #expect(world.events.count { if case .cursorAhead = $0 { true } else { false } } == 1)
    }

    @Test("is no success while nothing is due: a longer settle time, a cursor ahead that no date proves wrong")
    func notDue() async throws {
        let world = try await pulled()
        let state = try await world.state()
        var settings = World.settings
        settings.settle = .seconds(3600)
        world.clock.advance(by: .seconds(600))
        let result = await world.pull(settings)
        #expect(result.outcome.code == "not_due" && result.pages == 0)
        let status = try #require(try await world.status())
        #expect(status.lastErrorCode == "not_due" && status.lastSuccess == world.clock.now - .seconds(600))
        #expect(try await world.state() == state)
        // When it is due, it is one.
        world.clock.advance(by: .seconds(3600))
        #expect(await world.pull(settings).outcome == .done)
        #expect(try await world.status()?.lastErrorCode == nil)

        world.welkin.change { $0.now = nil }
        world.ahead = .seconds(-86_400 * 10)
        #expect(await world.pull().outcome.code == "not_due")
    }

    @Test("is up to date where Welkin's is within a minute of the cursor")
    func current() async throws {
        let world = try await pulled()
        var settings = World.settings
        settings.overlap = .zero
        let state = try await world.state()
        #expect(await world.pull(settings).outcome == .done)
        world.clock.advance(by: .seconds(-30))
        #expect(await world.pull(settings).outcome == .done)
        #expect(try await world.state() == state)
    }
}
