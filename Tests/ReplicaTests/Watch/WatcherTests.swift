import Identifiers
import Records
import Foundation
import GRDB
import Replica
import TestSupport
import Testing

@Suite("Telling of commits", .timeLimit(.minutes(5)))
struct WatcherTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    private func open() throws -> SQLiteReplica {
        try SQLiteReplica(path: folder.replica, provider: ProviderID("provider-1")!)
    }

    /// A watcher, and what it tells.
    private func watch(
        tick: Duration = .milliseconds(250)
    ) throws -> (watcher: ChangeWatcher, told: AsyncStream<Void>.Iterator) {
        let (stream, continuation) = AsyncStream<Void>.makeStream()
        let watcher = try ChangeWatcher(path: folder.replica, tick: tick) { continuation.yield() }
        return (watcher, stream.makeAsyncIterator())
    }

    @Test("A hundred commits in a row are told, without looking all the time")
    func hundred() async throws {
        let replica = try open()
        try await replica.take([Sample.patient("a")])
        // Far later than an event; a writer that is not running for a while may still need it.
        var (watcher, told) = try watch(tick: .seconds(2))
        let reader = try ReplicaReader(path: folder.replica)
        for number in 1...100 {
            let before = try reader.version().number
            try await replica.take([Sample.patient("a", updated: Sample.morning + .seconds(number))])
            await told.next()
            #expect(try reader.version().number == before + 1)
        }
        // One for the event, and some looks.
        #expect(watcher.wakeUps <= 100 * 10)
        watcher.stop()
    }

    @Test("A commit of another process is told")
    func otherProcess() async throws {
        let replica = try open()
        try await replica.take([Sample.patient("a")])
        var (watcher, told) = try watch(tick: .seconds(2))
        let path = folder.replica
        for id in ["b", "c"] {
            await #expect(processExitsWith: .success) { [path = path as String, id = id as String] in
                let replica = try SQLiteReplica(path: path, provider: ProviderID("provider-1")!)
                try await replica.take([Sample.patient(id)])
                try await replica.close()
            }
            await told.next()
            #expect(try await replica.record(id, of: "patients") != nil)
        }
        watcher.stop()
    }

    @Test("Of many commits the last one is told")
    func last() async throws {
        let replica = try open()
        try await replica.take([Sample.patient("a")])
        var (watcher, told) = try watch(tick: .seconds(2))
        let reader = try ReplicaReader(path: folder.replica)
        for number in 1...300 {
            try await replica.take([Sample.patient("a", updated: Sample.morning + .seconds(number))])
        }
        while try reader.version().number < 301 { await told.next() }
        // Whatever comes after that is told again.
        try await replica.take([Sample.patient("b")])
        await told.next()
        watcher.stop()
    }

    @Test(
        "A file that is made, replaced or removed is a change, and what it gets afterwards as well",
        arguments: [20, 2000])
    func otherFiles(milliseconds: Int) async throws {
        var (watcher, told) = try watch(tick: .milliseconds(milliseconds))
        let path = folder.replica
        var replica = try open()
        try await replica.take([Sample.patient("a")])
        await told.next()
        try await replica.close()
        // Another file takes its place.
        let aside = folder.path("aside.sqlite")
        let other = try SQLiteReplica(path: aside, provider: ProviderID("provider-1")!)
        try await other.take([Sample.patient("b")])
        try await other.queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)") }
        try await other.close()
        for suffix in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) }
        #expect(rename(aside, path) == 0)
        replica = try open()
        try await replica.take([Sample.patient("c")])
        try await until(&told) { try await replica.record("b", of: "patients") != nil }
        for id in ["d", "e"] {
            try await replica.take([Sample.patient(id)])
            await told.next()
        }
        try await replica.close()
        for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: path + suffix) }
        await told.next()
        // And it comes back.
        replica = try open()
        try await replica.take([Sample.patient("f")])
        await told.next()
        watcher.stop()
    }

    /// Waits for something that is told.
    private func until(
        _ told: inout AsyncStream<Void>.Iterator, _ condition: () async throws -> Bool
    ) async throws {
        repeat { await told.next() } while try await !condition()
    }

    @Test("While nothing happens it looks at each tick, and never after its end")
    func idle() async throws {
        let replica = try open()
        try await replica.take([Sample.patient("a")])
        var (watcher, told) = try watch(tick: .milliseconds(50))
        let start = ContinuousClock.now
        let before = watcher.wakeUps
        while watcher.wakeUps < before + 5 { await Task.yield() }
        #expect(ContinuousClock.now - start > .milliseconds(190))
        try await replica.take([Sample.patient("b")])
        await told.next()
        watcher.stop()
        let last = watcher.wakeUps
        try await replica.take([Sample.patient("c")])
        #expect(watcher.wakeUps == last)
        // Twice does no harm.
        watcher.stop()
    }

    @Test("A path without a folder is watched as well, once there is one")
    func noFolder() async throws {
        let (stream, continuation) = AsyncStream<Void>.makeStream()
        var told = stream.makeAsyncIterator()
        let path = folder.path("deep/replica.sqlite")
        let watcher = try ChangeWatcher(path: path, tick: .milliseconds(20)) { continuation.yield() }
        let replica = try SQLiteReplica(path: path, provider: ProviderID("provider-1")!)
        try await replica.take([Sample.patient("a")])
        await told.next()
        watcher.stop()
    }
}
