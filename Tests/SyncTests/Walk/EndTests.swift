import DataAPI
import Replica
import Sync
import Synchronization
import Testing

@Suite("The end of a walk")
struct EndTests {
    private func filled(_ count: Int, cap: Int = 10) throws -> World {
        let world = try World()
        world.welkin.change { ($0.maximumPageSize, $0.links) = (cap, .absent) }
        for index in 0..<count { world.welkin.put("p\(index)", at: PullTests.day + .seconds(60 * index)) }
        return world
    }

    private static let settings = SyncSettings(overlap: .seconds(60), settle: .seconds(5), pageSize: 100)

    @Test(
        "is not a full page that has no links", arguments: [0, 1, 9, 10, 11, 135],
        [FakeWelkin.Paging.last, .descending])
    func unlinked(count: Int, paging: FakeWelkin.Paging) async throws {
        let world = try filled(count)
        world.welkin.change { $0.paging = paging }
        let result = await world.pull(Self.settings)
        #expect(result.outcome == .done && result.unfinished == 0)
        #expect(try await world.rows() == world.expected)
        // Twice behind the last record, no more.
        #expect(world.welkin.requests.count <= count / 9 + 4)
    }

    @Test(
        "is not a page without links, however few records it has", arguments: [1, 3, 5, 9],
        FakeWelkin.Paging.allCases)
    func smallPages(cap: Int, paging: FakeWelkin.Paging) async throws {
        let world = try filled(30, cap: cap)
        world.welkin.change { $0.paging = paging }
        let result = await world.pull(Self.settings)
        #expect(result.outcome == .done && result.unfinished == 0)
        #expect(try await world.rows() == world.expected)
    }

    @Test(
        "is not passed over records of one instant where pages without links are small", arguments: [2, 3, 5, 9],
        FakeWelkin.Paging.allCases)
    func smallCrowd(cap: Int, paging: FakeWelkin.Paging) async throws {
        let world = try filled(20, cap: cap)
        world.welkin.change { $0.paging = paging }
        for index in 0..<10 { world.welkin.put("q\(index)", at: PullTests.day + .seconds(500)) }
        let result = await world.pull(Self.settings)
        #expect(result.outcome == .done && result.unfinished == 1)
        let missing = Set(world.expected.keys).subtracting(try await world.rows().keys)
        #expect(missing.allSatisfy { $0.hasPrefix("q") })
    }

    @Test("is not doubted for a few records of one instant where pages without links are seen to hold more")
    func smallNoCrowd() async throws {
        let world = try filled(20, cap: 12)
        _ = await world.pull(Self.settings)
        world.clock.advance(by: .seconds(3600))
        for index in 0..<9 { world.welkin.put("q\(index)", at: world.clock.now - .seconds(60)) }
        let result = await world.pull(Self.settings)
        #expect(result.outcome == .done && result.unfinished == 0)
        #expect(try await world.rows() == world.expected)
    }

    @Test(
        "is not leapt to by the answer to an earlier request, whose times lie outside of this one's",
        arguments: 1...8, FakeWelkin.Paging.allCases)
    func repeatedAtACrowd(number: Int, paging: FakeWelkin.Paging) async throws {
        let world = try filled(1, cap: 3)
        world.welkin.change { ($0.paging, $0.links) = (paging, .meta) }
        _ = await world.pull(Self.settings)
        let count = world.welkin.requests.count
        world.clock.advance(by: .seconds(3600))
        let time = world.clock.now - .seconds(1800)
        for index in 0..<10 { world.welkin.put("p\(index)", at: time + .seconds(index * 60)) }
        for index in 0..<10 { world.welkin.put("q\(index)", at: time + .milliseconds(300_500)) }
        world.welkin.change { $0.fault = { $0 == count + number ? .repeated : nil } }
        let result = await world.pull(Self.settings)
        let missing = Set(world.expected.keys).subtracting(try await world.rows().keys)
        #expect(result.outcome != .done || missing.allSatisfy { $0.hasPrefix("q") }, "\(missing)")
        #expect(result.outcome != .done || missing.isEmpty || result.unfinished > 0)
    }

    /// As an API may show times: cut to the second, whatever it orders and finds by.
    @Test(
        "is reached where times are shown cut to the second", arguments: FakeWelkin.Paging.allCases,
        [FakeLinks.absent, .meta])
    func cutTimes(paging: FakeWelkin.Paging, links: FakeLinks) async throws {
        let world = try filled(0, cap: 12)
        world.welkin.change { ($0.paging, $0.links, $0.cutsTimes) = (paging, links, true) }
        for index in 0..<40 { world.welkin.put("p\(index)", at: PullTests.day + .milliseconds(400 * index + 100)) }
        let result = await world.pull(Self.settings)
        #expect(result.outcome == .done && result.unfinished == 0)
        #expect(try await world.rows() == world.expected)
        #expect(world.welkin.requests.count < 40)
    }

    @Test(
        "is reached behind a second that holds more records than a page, whose times are cut to it",
        arguments: FakeWelkin.Paging.allCases, [FakeLinks.absent, .meta])
    func cutCrowd(paging: FakeWelkin.Paging, links: FakeLinks) async throws {
        let world = try filled(0, cap: 12)
        world.welkin.change { ($0.paging, $0.links, $0.cutsTimes) = (paging, links, true) }
        for index in 0..<40 { world.welkin.put("q\(index)", at: PullTests.day + .milliseconds(20 * index + 100)) }
        for second in [-3, -2, 2, 3] { world.welkin.put("p\(second)", at: PullTests.day + .seconds(second)) }
        let result = await world.pull(Self.settings)
        #expect(result.outcome == .done)
        let missing = Set(world.expected.keys).subtracting(try await world.rows().keys)
        #expect(missing.allSatisfy { $0.hasPrefix("q") }, "what lies around it is here")
        #expect(missing.isEmpty || result.unfinished > 0, "what is missing is told")
        #expect(world.welkin.requests.count < 400)
    }

    @Test("is not where more records of one instant than a page holds have no links")
    func unlinkedInstant() async throws {
        let world = try filled(5)
        for index in 0..<25 { world.welkin.put("q\(index)", at: PullTests.day + .seconds(500)) }
        for index in 0..<5 { world.welkin.put("r\(index)", at: PullTests.day + .seconds(600 + index)) }
        let result = await world.pull(Self.settings)
        #expect(result.outcome == .done && result.unfinished == 1)
        let missing = Set(world.expected.keys).subtracting(try await world.rows().keys)
        #expect(missing.allSatisfy { $0.hasPrefix("q") })
        world.welkin.change { $0.maximumPageSize = 1000 }
        world.clock.advance(by: .seconds(3600))
        // All of it came, and nothing can prove it.
        #expect(await world.pull(Self.settings).unfinished == 1)
        #expect(try await world.rows() == world.expected)
    }

    /// Empty pages that always name a next one, a second later, or behind the window.
    private final class Endless: PageSource {
        let asked = Mutex(0)
        let step: Duration

        init(step: Duration) { self.step = step }

        func page(_ request: FindRequest) async throws -> Page {
            let count = asked.withLock {
                $0 += 1
                return $0
            }
            // Rather than for ever.
            guard count < 1000 else { throw FakeWelkin.Failure() }
            let next = (request.page.from ?? PullTests.day) + step
            let body = #"{"data": [], "links": {"next": {"meta": {"page[from]": "\#(next)"}}}}"#
            var page = try Page(parsing: Array(body.utf8), answering: request, origin: .welkin)
            page.askedAt = TestClock().now
            return page
        }

        func record(_ resource: Resource, id: String) async throws -> Record? { nil }
        func isReachable() async -> Bool { true }
    }

    @Test("is the window's, whatever a next page is said to be behind it")
    func window() async throws {
        let world = try World()
        let source = Endless(step: .seconds(3600))
        let engine = SyncEngine(
            source: source, store: world.replica, settings: World.settings, now: { world.clock.now })
        #expect(await engine.pull([world.stream])[0].outcome == .done)
        #expect(source.asked.withLock { $0 } < 200)
    }

    @Test("comes after so many empty pages as a failure, and the next run begins the window anew")
    func endless() async throws {
        let world = try World()
        let source = Endless(step: .seconds(1))
        let engine = SyncEngine(
            source: source, store: world.replica, settings: World.settings, now: { world.clock.now })
        #expect(await engine.pull([world.stream])[0].outcome == .failed(.endless(pages: 100)))
        #expect(source.asked.withLock { $0 } == 100)
        // Nothing is passed over on the word of an empty page.
        #expect(try await world.state().place == nil)
        world.welkin.put("p", at: PullTests.day + .seconds(30))
        #expect(await world.pull().outcome == .done)
        #expect(try await world.rows() == world.expected)
    }

    @Test("is reached around a record that is too large, with smaller pages", arguments: FakeWelkin.Paging.allCases)
    func oversized(paging: FakeWelkin.Paging) async throws {
        let world = try World()
        world.welkin.change { ($0.maximumBytes, $0.paging) = (2000, paging) }
        for index in 0..<60 { world.welkin.put("p\(index)", at: PullTests.day + .seconds(60 * index)) }
        world.welkin.put("huge", at: PullTests.day + .seconds(60 * 30 + 5), note: String(repeating: "x", count: 5000))
        let result = await world.pull(Self.settings)
        #expect(result.outcome == .done)
        #expect(result.unfinished == 0)
        var expected = world.expected
        expected["huge"] = nil
        #expect(try await world.rows() == expected)
        let kept = try await world.replica.quarantined(of: nil, after: nil, limit: 9)
        #expect(kept.map(\.reason) == [.tooLarge])
        let outline = try #require(kept.first.flatMap { Record(parsing: $0.bytes) })
        #expect(outline.id == "huge" && outline["updated_at"] != nil && outline["note"] == nil)
    }

    @Test("is not reached where an answer is too large that has more than one record, or none")
    func tooLarge() async throws {
        let world = try World()
        world.welkin.change { $0.maximumBytes = 10 }
        for index in 0..<3 { world.welkin.put("p\(index)", at: PullTests.day + .seconds(60 * index)) }
        // Every page is, and each of its records has to be passed over alone.
        let result = await world.pull(Self.settings)
        #expect(result.outcome == .done && result.counts.quarantined >= 3)
        #expect(try await world.rows().isEmpty)
    }
}
