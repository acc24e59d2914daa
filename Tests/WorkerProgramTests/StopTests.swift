import DataAPI
import Glibc
import Identifiers
import Replica
import Sync
import Synchronization
import TestSupport
import Testing
import WorkerProgram

@Suite("A run that is to stop") struct StopTests {
    /// Answers when it is cancelled, and not before.
    private struct SilentSource: PageSource {
        let onPage: @Sendable () -> Void

        func page(_ request: FindRequest) async throws -> Page {
            onPage()
            try await Task.sleep(for: .seconds(86_400))
            throw CancellationError()
        }

        func record(_ resource: Resource, id: String) async throws -> Record? { nil }
        func isReachable() async -> Bool { true }
    }

    @Test("A server that never answers does not hold the end", .timeLimit(.minutes(1))) func silent() async throws {
        try await TemporaryFolder.use { folder in
            let replica = try SQLiteReplica(path: folder.path("r/replica.db"), provider: ProviderID("p")!)
            let asked = Mutex(false)
            let slept = Mutex<[Duration]>([])
            let stop = StopFlag()
            let engine = SyncEngine(
                source: SilentSource { asked.withLock { $0 = true } }, store: replica, now: TimeSource.system.now,
                stop: stop)
            let run = Task { await engine.pull([SyncStream(.patients)]) }
            while !asked.withLock({ $0 }) { await Task.yield() }
            stop.end(run, sleep: { duration in slept.withLock { $0.append(duration) } })
            #expect(await run.value.map(\.outcome) == [.stopped])
            #expect(slept.withLock { $0 } == [.seconds(20)])
            #expect(try await replica.status().allSatisfy { $0.lastErrorCode == nil })
            try await replica.close()
        }
    }

    @Test("Who waits for the next request is told when there is to be none", .timeLimit(.minutes(1)))
    func waiting() async {
        let stop = StopFlag()
        let waiting = Task { try await stop.time.pause(.seconds(86_400)) }
        stop.raise()
        await #expect(throws: CancellationError.self) { try await waiting.value }
    }

    @Test("A wait that nobody stops ends when it should, and a limit is none") func unstopped() async throws {
        let stop = StopFlag()
        let start = stop.time.uptime()
        try await stop.time.pause(.milliseconds(150))
        #expect(stop.time.uptime() - start >= .milliseconds(150))
        stop.raise()
        try await stop.time.sleep(.milliseconds(1))
    }

    @Test("The first signal asks for an end, the second one ends the process at once", arguments: [SIGINT, SIGTERM])
    func signals(number: Int32) async {
        await #expect(processExitsWith: .exitCode(128 + number)) { [number = number as Int32] in
            let asked = Atomic(0)
            let signal = StopSignal { asked.add(1, ordering: .relaxed) }
            guard signal.exitCode == nil else { exit(1) }
            kill(getpid(), number)
            // For ten seconds, rather than for ever.
            for _ in 0..<10_000 where asked.load(ordering: .relaxed) == 0 { usleep(1000) }
            guard signal.exitCode == 128 + number else { exit(2) }
            kill(getpid(), number)
            usleep(10_000_000)
            exit(3)
        }
    }
}
