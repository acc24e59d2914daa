import DataAPI
import Replica
import Sync
import Synchronization
import Testing

@Suite("Pages that are read ahead")
struct ReadAheadTests {
    /// Holds the first commit back until the pages that may be asked for meanwhile have been.
    final class SlowStore: Sendable {
        let commits = Mutex<[PageCommit]>([])
        let isReady: @Sendable () -> Bool

        init(until isReady: @escaping @Sendable () -> Bool) { self.isReady = isReady }

        func wait(for page: PageCommit) async {
            let isFirst = commits.withLock {
                $0.append(page)
                return $0.count == 1
            }
            while isFirst, !isReady() { await Task.yield() }
        }
    }

    /// 20 pages of 4 records.
    private func world() throws -> World {
        let world = try World()
        world.welkin.change { $0.paging = .following }
        for index in 0..<80 { world.welkin.put("p\(index)", at: PullTests.day + .seconds(60 * index)) }
        return world
    }

    /// What the store was given, and how many pages were asked for when it had its first one.
    private func pull(_ world: World, readAhead: Int, until isReady: @escaping @Sendable () -> Bool) async
        -> [PageCommit]
    {
        var settings = World.settings
        settings.readAhead = readAhead
        let slow = SlowStore(until: isReady)
        let store = CrashingStore(world.replica, before: { await slow.wait(for: $0) })
        let result = await world.engine(settings, store: store).pull([world.stream])[0]
        #expect(result.outcome == .done && result.pages == 20 && result.counts.inserted == 80)
        return slow.commits.withLock { $0 }
    }

    @Test("while others are written, are committed together, in order, with the last one's place")
    func grouped() async throws {
        let world = try world()
        let commits = await pull(world, readAhead: 1 << 20) { world.welkin.requests.count == 20 }
        #expect(commits.map(\.items.count) == [4, 76])
        #expect(commits[0].next.place != nil && commits[1].next.window == nil && commits[1].next.cursor != nil)
        #expect(try await world.rows() == world.expected)
    }

    @Test("are no more than the limit has room for, whatever the store does")
    func bounded() async throws {
        let world = try world()
        let size = try await world.welkin.page(FindRequest(.patients, page: PageRequest(size: 4))).byteCount
        // Room for three: the third one fills it. One more is being written.
        let limit = size * 5 / 2
        let most = Mutex(0)
        let commits = await pull(world, readAhead: limit) {
            let asked = world.welkin.requests.count - 1
            most.withLock { $0 = max($0, asked) }
            return asked == 4
        }
        #expect(commits.allSatisfy { $0.items.count <= 12 })
        #expect(most.withLock { $0 } == 4)
    }

    @Test("are one at a time where one fills the room")
    func single() async throws {
        let commits = try await pull(world(), readAhead: 1) { true }
        #expect(commits.map(\.items.count) == Array(repeating: 4, count: 20))
    }

    @Test("are all lost or none when the process dies around their commit", arguments: [1, 2], [true, false])
    func crash(number: Int, isBefore: Bool) async throws {
        let world = try world()
        let slow = SlowStore { world.welkin.requests.count == 20 }
        let store = CrashingStore(world.replica, before: { await slow.wait(for: $0) }) {
            $0 == number ? (isBefore ? .before : .after) : nil
        }
        #expect(await world.engine(store: store).pull([world.stream])[0].outcome.code != nil)
        let commits = slow.commits.withLock { $0 }
        #expect(commits.map(\.items.count) == Array([4, 76].prefix(number)))
        let taken = isBefore ? commits.dropLast() : commits[...]
        #expect(try await world.rows().count == taken.reduce(0) { $0 + $1.items.count })
        #expect(try await world.state().place == taken.last?.next.place)
        #expect(await world.pull().outcome == .done)
        #expect(try await world.rows() == world.expected)
    }

    @Test("are taken in although the one after them fails")
    func failure() async throws {
        let world = try world()
        world.welkin.change { $0.fault = { $0 == 10 ? .error : nil } }
        let slow = SlowStore { world.welkin.requests.count == 10 }
        let store = CrashingStore(world.replica, before: { await slow.wait(for: $0) })
        let result = await world.engine(store: store).pull([world.stream])[0]
        #expect(result.outcome.code == "unexpected" && result.pages == 9 && result.counts.inserted == 36)
    }
}
