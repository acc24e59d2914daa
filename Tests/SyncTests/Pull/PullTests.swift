import DataAPI
import Replica
import Sync
import Testing

@Suite("A pull")
struct PullTests {
    static let day = Instant("2026-01-01T00:00:00Z")!

    private func filled(_ count: Int) throws -> World {
        let world = try World()
        for index in 0..<count { world.welkin.put("p\(index)", at: Self.day + .seconds(60 * index)) }
        return world
    }

    @Test("begins without an end in the past, and brings every record")
    func firstLoad() async throws {
        let world = try filled(30)
        let result = await world.pull()
        #expect(result.outcome == .done && result.counts.inserted == 30)
        #expect(try await world.rows() == world.expected)
        #expect(world.welkin.requests[0].page.from == nil)
        #expect(try await world.state() == StreamState(cursor: world.clock.now - .seconds(5)))
    }

    @Test("with nothing new makes one request, which begins the overlap before the cursor")
    func nothingNew() async throws {
        let world = try filled(30)
        _ = await world.pull()
        let cursor = try #require(try await world.state().cursor)
        let before = world.welkin.requests.count
        world.clock.advance(by: .seconds(3600))
        let result = await world.pull()
        let requests = world.welkin.requests.dropFirst(before).map(\.page)
        #expect(
            requests == [PageRequest(from: cursor - .seconds(60), to: world.clock.now - .seconds(5), size: 4)])
        #expect(result.counts == CommitCounts())
    }

    @Test("brings what changed, and what arrived late inside the overlap")
    func increment() async throws {
        let world = try filled(10)
        _ = await world.pull()
        let cursor = try #require(try await world.state().cursor)
        world.welkin.put("late", at: cursor - .seconds(59))
        world.clock.advance(by: .seconds(600))
        world.welkin.put("p3", at: world.clock.now - .seconds(6))
        let result = await world.pull()
        #expect(result.counts.inserted == 1 && result.counts.updated == 1)
        #expect(try await world.rows() == world.expected)
    }

    @Test("leaves what is younger than the settle time to the next one")
    func settling() async throws {
        let world = try filled(1)
        world.welkin.put("young", at: world.clock.now - .seconds(4))
        _ = await world.pull()
        #expect(try await world.rows().keys.sorted() == ["p0"])
        world.clock.advance(by: .seconds(4))
        _ = await world.pull()
        #expect(try await world.rows() == world.expected)
    }

    @Test("moves the cursor at the window's end alone, and goes on inside the window after a failure")
    func resumes() async throws {
        let world = try filled(30)
        world.welkin.change { $0.fault = { $0 == 4 ? .error : nil } }
        let failed = await world.pull()
        #expect(failed.outcome == .failed(.unexpected("Failure")))
        let open = try await world.state()
        #expect(open.cursor == nil && open.window?.from == nil && open.place != nil)
        let asked = try #require(world.welkin.requests.last)
        world.clock.advance(by: .seconds(86_400))
        let result = await world.pull()
        #expect(result.outcome == .done)
        // The page that failed, then the rest of its window, then a window up to now.
        #expect(world.welkin.requests.dropFirst(4).first == asked)
        #expect(try await world.rows() == world.expected)
        #expect(try await world.state() == StreamState(cursor: world.clock.now - .seconds(5)))
        #expect(failed.counts.received + result.counts.received < 45)
    }

    @Test("begins an open window anew where its place cannot be read")
    func unreadablePlace() async throws {
        let world = try filled(10)
        let window = StreamWindow(from: nil, to: world.clock.now)
        try await world.leave(StreamState(window: window, place: "elsewhere"))
        #expect(await world.pull().outcome == .done)
        #expect(try await world.rows() == world.expected)
    }

    @Test("never moves the cursor back when the clock jumps back by less than the overlap")
    func clockBackALittle() async throws {
        let world = try filled(3)
        _ = await world.pull()
        let before = try await world.state()
        world.clock.advance(by: .seconds(-30))
        #expect(await world.pull().pages == 1)
        #expect(try await world.state() == before)
    }

    @Test("does not lead the cursor past Welkin's own time where our clock is ahead, and says so")
    func clockAhead() async throws {
        let world = try filled(30)
        world.ahead = .seconds(86_400)
        world.welkin.change { $0.fault = { $0 == 4 ? .error : nil } }
        let asked = world.clock.now
        _ = await world.pull()
        #expect(try await world.state().window?.to == asked - .seconds(5))
        world.clock.advance(by: .seconds(60))
        let result = await world.pull()
        #expect(result.outcome == .done)
        #expect(try await world.state().cursor == world.clock.now - .seconds(5))
        let ahead = world.events.compactMap { if case .clockAhead(_, let time) = $0 { time } else { nil } }
        // Each window says so once.
        #expect(ahead == [.seconds(86_400), .seconds(86_400)])
        // What arrives now is not behind the cursor.
        world.ahead = .zero
        world.welkin.put("new", at: world.clock.now)
        world.clock.advance(by: .seconds(600))
        #expect(await world.pull().counts.inserted == 1)
        #expect(try await world.rows() == world.expected)
    }

    @Test("says nothing of a clock that is off by less than a minute", arguments: [-59, 0, 59])
    func clockNearlyRight(seconds: Int) async throws {
        let world = try filled(3)
        world.ahead = .seconds(seconds)
        _ = await world.pull()
        #expect(try await world.state().cursor == world.clock.now - .seconds(5))
        let isTold = world.events.contains { event in
            switch event {
            case .clockAhead, .clockBehind, .undated, .cursorAhead: true
            default: false
            }
        }
        #expect(!isTold)
    }

    @Test("from an instant goes back to it, and not forward")
    func since() async throws {
        let world = try filled(30)
        _ = await world.pull()
        let state = try await world.state()
        let instant = Self.day + .seconds(600)
        let before = world.welkin.requests.count
        #expect(await world.pull(from: .since(instant)).counts.unchanged > 15)
        #expect(world.welkin.requests[before].page.from == instant - .seconds(60))
        #expect(try await world.state() == state)
        _ = await world.pull(from: .since(world.clock.now - .seconds(5)))
        #expect(world.welkin.requests.last?.page.from == world.clock.now - .seconds(65))
    }

    @Test("in full begins at the beginning and writes only what differs")
    func full() async throws {
        let world = try filled(30)
        _ = await world.pull()
        let before = world.welkin.requests.count
        let result = await world.pull(from: .full)
        #expect(world.welkin.requests[before].page.from == nil)
        #expect(result.counts.inserted == 0 && result.counts.updated == 0 && result.counts.unchanged >= 30)
    }

    @Test("finds records without a date anew each time when they can be changed, in windows when not")
    func undated() async throws {
        for (resource, isWhole) in [(Resource.alerts, true), (.externalIDs, true), (.auditLogs, false)] {
            let world = try World(resource)
            world.welkin.put("a1", at: Self.day)
            _ = await world.pull()
            // Changed, without a new time.
            world.welkin.put("a1", at: Self.day, note: "changed")
            world.clock.advance(by: .seconds(3600))
            _ = await world.pull()
            #expect((world.welkin.requests[1].page.from == nil) == isWhole)
            let isSame = try await world.rows() == world.expected
            #expect(isSame == isWhole, "\(resource.name)")
        }
    }

    @Test("carries the stream's filter in every request and in its cursor")
    func filter() async throws {
        let world = try World(.alerts, filter: Filter("alert_type", "app_message"))
        for index in 0..<9 { world.welkin.put("a\(index)", at: Self.day + .seconds(index)) }
        _ = await world.pull()
        #expect(world.welkin.requests.count > 1)
        #expect(world.welkin.requests.allSatisfy { $0.filters == [Filter("alert_type", "app_message")] })
        #expect(try await world.replica.state(of: StreamID(resource: "alerts")) == StreamState())
        #expect(try await world.state().cursor != nil)
    }

    @Test("pulls a resource that no catalogue knows")
    func unknown() async throws {
        let world = try World(#require(Resource.unknown("novelties")))
        for index in 0..<9 { world.welkin.put("n\(index)", at: Self.day + .seconds(index)) }
        #expect(await world.pull().outcome == .done)
        #expect(try await world.rows() == world.expected)
    }

    @Test("keeps what is no record aside, and goes on")
    func quarantine() async throws {
        let world = try filled(6)
        world.welkin.change { $0.records["p2"]?.bytes = #"{"name": "without an id"}"# }
        let result = await world.pull()
        #expect(result.outcome == .done && result.counts.quarantined > 0)
        #expect(try await world.rows().count == 5)
        // Without an id it is not known again; a full pull forgets it.
        world.welkin.put("p2", at: Self.day + .seconds(120))
        world.clock.advance(by: .seconds(600))
        _ = await world.pull(from: .since(Self.day))
        #expect(try await world.replica.status()[0].quarantined == 1)
        _ = await world.pull(from: .full)
        #expect(try await world.replica.status()[0].quarantined == 0)
        #expect(try await world.rows() == world.expected)
    }
}
