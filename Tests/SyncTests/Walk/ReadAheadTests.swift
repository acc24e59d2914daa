import DataAPI
import Replica
import Sync
import Synchronization
import Testing

@Suite("Pages that are read ahead")
struct ReadAheadTests {
    /// The second page is asked for when the first one is about to be written, which waits until the
    /// pages that may be asked for meanwhile have been.
    struct Race: PageSource {
        let world: World
        var settings = World.settings
        var crash: @Sendable (Int) -> CrashingStore.Point? = { _ in nil }
        let isReady: @Sendable () -> Bool
        let commits = Commits()

        final class Commits: Sendable { let list = Mutex<[PageCommit]>([]) }

        var committed: [PageCommit] { commits.list.withLock { $0 } }

        func page(_ request: FindRequest) async throws -> Page {
            while request.page.from != nil, committed.isEmpty { await Task.yield() }
            return try await world.welkin.page(request)
        }

        func record(_ resource: Resource, id: String) async throws -> Record? { nil }
        func isReachable() async -> Bool { true }

        func pull() async -> PullResult {
            let store = CrashingStore(
                world.replica,
                before: { page in
                    let isFirst = commits.list.withLock {
                        $0.append(page)
                        return $0.count == 1
                    }
                    while isFirst, !isReady() { await Task.yield() }
                }, crash: crash)
            let engine = SyncEngine(source: self, store: store, settings: settings, now: { world.clock.now })
            return await engine.pull([world.stream])[0]
        }
    }

    /// 20 pages of 4 records.
    private func world() throws -> World {
        let world = try World()
        world.welkin.change { $0.paging = .following }
        for index in 0..<80 { world.welkin.put("p\(index)", at: PullTests.day + .seconds(60 * index)) }
        return world
    }

    @Test("while others are written, are committed together, in order, with the last one's place")
    func grouped() async throws {
        let world = try world()
        let race = Race(world: world) { world.welkin.requests.count == 20 }
        let result = await race.pull()
        #expect(result.outcome == .done && result.pages == 20 && result.counts.inserted == 80)
        let commits = race.committed
        // Those that came last may be a group of their own.
        #expect(commits[0].items.count == 4 && commits[1].items.count >= 72)
        #expect(commits.dropLast().allSatisfy { $0.next.place != nil })
        #expect(commits.last?.next.window == nil && commits.last?.next.cursor != nil)
        #expect(try await world.rows() == world.expected)
    }

    @Test("are no more than the limit has room for, whatever the store does")
    func bounded() async throws {
        let world = try world()
        let size = try await world.welkin.page(FindRequest(.patients, page: PageRequest(size: 4))).byteCount
        world.welkin.change { $0.requests = [] }
        let looks = Mutex(0)
        // One is being written; three more fill the room, and however long it takes no other is asked for.
        var race = Race(world: world) {
            world.welkin.requests.count == 4
                && looks.withLock {
                    $0 += 1
                    return $0 > 1000
                }
        }
        race.settings.readAhead = size * 5 / 2
        #expect(await race.pull().outcome == .done)
        #expect(race.committed.allSatisfy { $0.items.count <= 12 })
        #expect(try await world.rows() == world.expected)
    }

    @Test("are one at a time where one fills the room")
    func single() async throws {
        var race = Race(world: try world()) { true }
        race.settings.readAhead = 1
        #expect(await race.pull().outcome == .done)
        #expect(race.committed.map(\.items.count) == Array(repeating: 4, count: 20))
    }

    @Test("are all in or none when the process dies around their commit", arguments: [1, 2], [true, false])
    func crash(number: Int, isBefore: Bool) async throws {
        let world = try world()
        var race = Race(world: world) { world.welkin.requests.count == 20 }
        race.crash = { $0 == number ? (isBefore ? .before : .after) : nil }
        #expect(await race.pull().outcome.code != nil)
        let taken = isBefore ? race.committed.dropLast() : race.committed[...]
        #expect(race.committed.count == number)
        let rows = try await world.rows().count
        #expect(rows == taken.reduce(0) { $0 + $1.items.count })
        #expect(try await world.state().place == taken.last?.next.place)
        #expect(await world.pull().outcome == .done)
        #expect(try await world.rows() == world.expected)
    }

    @Test("are taken in although the one after them fails")
    func failure() async throws {
        let world = try world()
        world.welkin.change { $0.fault = { $0 == 10 ? .error : nil } }
        let race = Race(world: world) { world.welkin.requests.count == 10 }
        let result = await race.pull()
        #expect(result.outcome.code == "unexpected" && result.pages == 9 && result.counts.inserted == 36)
    }
}
