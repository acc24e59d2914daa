import ArgumentParser
import DataAPI
import Replica
import Sync
import Worker

/// One run on the replica: the store, the lock, the client and the signals that stop it.
struct WorkerRun {
    let replica: SQLiteReplica
    let counters = RunCounters()
    private let lock: RunLock?

    /// What a run may do to the disk.
    enum Mode {
        /// Writes to the replica, which is made where there is none. One run at a time.
        case writing
        /// Changes nothing.
        case reading
        /// Changes nothing, and takes a replica that is not there for an empty one.
        case previewing
    }

    private let client: Client
    private let engine: SyncEngine
    private let stop = StopFlag()
    private let reporter: Reporter

    /// - Throws: `ExitCode`, with the reason told.
    init(
        _ settings: WorkerSettings, _ reporter: Reporter, mode: Mode,
        onEvent: @escaping @Sendable (SyncEvent) -> Void
    ) throws {
        self.reporter = reporter
        replica = try Loading.replica { () throws(ReplicaError) in try Self.open(settings.replica, mode) }
        lock =
            try mode == .writing
            ? Loading.replica { () throws(ReplicaError) in
                try RunLock(beside: settings.replica.path, now: TimeSource.system.now())
            } : nil
        let counters = counters
        client = Client(
            settings.client(keepsToken: mode == .writing, stop: stop) { event in
                counters.count(event)
                reporter.client(event)
            })
        engine = SyncEngine(
            source: client, store: replica, settings: settings.sync, now: TimeSource.system.now,
            stop: stop, onEvent: onEvent)
    }

    private static func open(_ settings: ReplicaSettings, _ mode: Mode) throws(ReplicaError) -> SQLiteReplica {
        let provider = settings.provider ?? ""
        if mode == .writing { return try SQLiteReplica(path: settings.path, provider: provider) }
        do {
            return try SQLiteReplica(readingFrom: settings.path, provider: provider)
        } catch .missing where mode == .previewing {
            return try SQLiteReplica(inMemoryFor: provider)
        }
    }

    /// Works until it is done or stopped by a signal.
    ///
    /// - Returns: the result, and the exit code where a signal came.
    func perform<Result: Sendable>(
        _ work: @escaping @Sendable (SyncEngine) async -> Result
    ) async -> (Result, stop: Int32?) {
        let (engine, stop, reporter) = (engine, stop, reporter)
        // Nothing begins before a signal would be heard.
        let (beginning, begin) = AsyncStream<Never>.makeStream()
        let task = Task {
            for await _ in beginning {}
            return await work(engine)
        }
        let signal = StopSignal {
            let text = "the pages that are on their way are taken in; a second signal ends this at once"
            reporter.log(LogEntry("stopping").with("detail", text))
            stop.end(task)
        }
        begin.finish()
        let result = await task.value
        return (result, signal.exitCode)
    }

    /// What could not be written is told: whoever looks at the metrics would take old ones for new.
    ///
    /// - Returns: the run's exit code, which says so, too.
    func writeMetrics(
        to target: OutputTarget, exitCode: Int32, started: Instant, _ reporter: Reporter
    ) async -> Int32 {
        do {
            let text = MetricsText.of(
                try await replica.status(), counters.figures, exitCode: exitCode, started: started,
                now: TimeSource.system.now())
            // For the collector, which is another user; there is nothing in it that identifies anybody.
            let file = try OutputFile(target, mode: 0o644)
            try file.write(Array(text.utf8))
            try file.commit()
            return exitCode
        } catch {
            reporter.log(LogEntry("metrics", .warning).with("problem", "\(error)"))
            return exitCode == ExitStatus.done ? ExitStatus.partlyDone : exitCode
        }
    }

    func close() async throws {
        try? await client.shutdown()
        try await Loading.replica { () async throws(ReplicaError) in try await replica.close() }
    }
}
