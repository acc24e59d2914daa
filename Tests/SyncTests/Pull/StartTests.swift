import DataAPI
import Replica
import Sync
import Testing

@Suite("A pull that is told where to begin")
struct StartTests {
    private func filled(_ count: Int) throws -> World {
        let world = try World()
        for index in 0..<count { world.welkin.put("p\(index)", at: PullTests.day + .seconds(60 * index)) }
        return world
    }

    @Test("at an instant still begins at the beginning where nothing was ever pulled")
    func sinceOnNew() async throws {
        let world = try filled(30)
        #expect(await world.pull(from: .since(PullTests.day + .seconds(60 * 12))).outcome == .done)
        #expect(try await world.rows() == world.expected)
    }

    @Test("at an instant first finishes what was cut short", arguments: [PullStart.cursor, .full])
    func sinceAfterCut(cut: PullStart) async throws {
        let world = try filled(40)
        if cut == .full {
            #expect(await world.pull().outcome == .done)
            // Nothing of what a cut pull of everything has not reached may be passed over: all has changed.
            world.clock.advance(by: .seconds(600))
            for index in 0..<40 { world.welkin.put("q\(index)", at: PullTests.day + .seconds(60 * index)) }
        }
        let count = world.welkin.requests.count
        world.welkin.change { $0.fault = { $0 == count + 4 ? .error : nil } }
        #expect(await world.pull(from: cut).outcome.code == "unexpected")
        world.clock.advance(by: .seconds(600))
        #expect(await world.pull(from: .since(PullTests.day + .seconds(60 * 35))).outcome == .done)
        #expect(try await world.rows() == world.expected)
    }

    @Test(
        "stores no place that was not reached, however early it is cut", arguments: 1...6,
        [PullStart.full, .since(PullTests.day)])
    func nothingUnreached(request: Int, start: PullStart) async throws {
        let world = try filled(30)
        #expect(await world.pull().outcome == .done)
        let state = try await world.state()
        let count = world.welkin.requests.count
        world.welkin.change { $0.fault = { $0 == count + request ? .error : nil } }
        _ = await world.pull(from: start)
        let cut = try await world.state()
        #expect(cut.cursor == state.cursor, "what was reached once stays reached")
        #expect((cut.window == nil) == (request == 1))
        world.clock.advance(by: .seconds(600))
        #expect(await world.pull().outcome == .done)
        #expect(try await world.state() == StreamState(cursor: world.clock.now - .seconds(5)))
    }

    @Test("in full takes what Welkin has, also where it is older; another pull does not")
    func restored() async throws {
        let world = try filled(10)
        let old = world.welkin.records
        world.clock.advance(by: .seconds(3600))
        for index in 0..<10 { world.welkin.put("p\(index)", at: world.clock.now - .seconds(60), note: "new") }
        #expect(await world.pull().outcome == .done)
        // Welkin is restored from a backup.
        world.welkin.change { $0.records = old }
        world.clock.advance(by: .seconds(3600))
        #expect(await world.pull(from: .since(PullTests.day)).counts.updated == 0)
        // Cut, and gone on with by a pull that was not told.
        let count = world.welkin.requests.count
        world.welkin.change { $0.fault = { $0 == count + 2 ? .error : nil } }
        #expect(await world.pull(from: .full).outcome.code == "unexpected")
        #expect(await world.pull().outcome == .done)
        #expect(try await world.rows() == world.expected)
    }

    @Test("brings back what was put back, however old it is")
    func putBack() async throws {
        let world = try filled(10)
        #expect(await world.pull().outcome == .done)
        _ = try await world.replica.markDeleted(["p3"], of: "patients", at: world.clock.now)
        world.welkin.put("p3", at: PullTests.day - .seconds(86_400))
        world.clock.advance(by: .seconds(600))
        #expect(await world.pull(from: .full).outcome == .done)
        #expect(try await world.rows() == world.expected)
    }

    @Test("forgets what is quarantined when it has all been met again, and not before")
    func quarantine() async throws {
        let world = try filled(12)
        world.welkin.change { $0.records["p2"]?.bytes = #"{"name": "without an id"}"# }
        _ = await world.pull()
        world.welkin.put("p2", at: PullTests.day + .seconds(120))
        world.clock.advance(by: .seconds(600))
        let count = world.welkin.requests.count
        world.welkin.change { $0.fault = { $0 == count + 3 ? .error : nil } }
        _ = await world.pull(from: .full)
        #expect(try await world.status()?.quarantined == 1)
        _ = await world.pull()
        #expect(try await world.status()?.quarantined == 0)
        #expect(try await world.rows() == world.expected)
    }

    @Test("goes on in an open window with pages of the size that is set now", arguments: [1, 2, 9])
    func pageSize(size: Int) async throws {
        let world = try filled(30)
        world.welkin.change { $0.fault = { $0 == 4 ? .error : nil } }
        _ = await world.pull()
        var settings = World.settings
        settings.pageSize = size
        let count = world.welkin.requests.count
        #expect(await world.pull(settings).outcome == .done)
        #expect(world.welkin.requests[count].page.size == size)
        #expect(try await world.rows() == world.expected)
    }
}
