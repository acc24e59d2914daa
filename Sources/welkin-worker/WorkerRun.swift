import ArgumentParser
import DataAPI
import Replica
import StoreFiles
import Sync
import WorkerProgram

/// One run on the replica: the store, the lock, the client and the signals that stop it.
struct WorkerRun {
    let replica: SQLiteReplica
    let counters = RunCounters()
    private let lock: RunLock?

    /// What a run may do to the disk.
    enum Mode {
        /// Writes to the replica, and creates a missing one. One run at a time.
        case writing
        /// Changes nothing.
        case reading
        /// Changes nothing, and treats a missing replica as empty.
        case previewing
    }

    private let client: Client
    private let engine: SyncEngine
    private let stop = StopFlag()
    private let reporter: Reporter
    private let isJSON: Bool

    /// - Throws: `ExitCode`, after reporting the reason.
    init(
        _ settings: WorkerSettings, _ report: ReportOptions, _ reporter: Reporter, mode: Mode, acceptsChange: Bool,
        onEvent: @escaping @Sendable (SyncEvent) -> Void
    ) throws {
        BackgroundPriority.enter()
        self.reporter = reporter
        isJSON = report.json
        replica = try Loading.replica(json: report.json) { () throws(ReplicaError) in
            try Self.open(settings, mode, acceptsChange)
        }
        lock =
            try mode == .writing
            ? Loading.replica(json: report.json, isQuiet: report.quiet) { () throws(ReplicaError) in
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

    private static func open(
        _ settings: WorkerSettings, _ mode: Mode, _ acceptsChange: Bool
    ) throws(ReplicaError) -> SQLiteReplica {
        let (path, provider) = (settings.replica.path, settings.replica.provider)
        let source = settings.access.source
        if mode == .writing {
            return try SQLiteReplica(path: path, provider: provider, source: source, acceptsChange: acceptsChange)
        }
        do {
            return try SQLiteReplica(readingFrom: path, provider: provider, source: acceptsChange ? nil : source)
        } catch .file(.missing(_)) where mode == .previewing {
            return try SQLiteReplica(inMemoryFor: provider)
        }
    }

    /// Works until it is done or a signal stops it.
    ///
    /// - Returns: the result, and the exit code if a signal came.
    func perform<Result: Sendable>(
        _ streams: [SyncStream], _ work: @escaping @Sendable (SyncEngine) async -> Result
    ) async -> (Result, stop: Int32?) {
        let (engine, stop, reporter) = (engine, stop, reporter)
        // The work must not begin before the signal handlers are installed.
        let (beginning, begin) = AsyncStream<Never>.makeStream()
        let task = Task {
            for await _ in beginning {}
            return await work(engine)
        }
        let signal = StopSignal {
            let text = "the pages in progress are committed first; a second signal ends the run at once"
            reporter.log(LogEntry("stopping").with("detail", text))
            stop.end(task)
        }
        begin.finish()
        let result = await reporter.watch(streams.map(\.id)) { await task.value }
        return (result, signal.exitCode)
    }

    /// Whether the replica's file is still in its place; reports it if not.
    func isInPlace() async throws -> Bool {
        let isInPlace = try await Loading.replica(json: isJSON) { () async throws(ReplicaError) in
            try await replica.isInPlace()
        }
        if !isInPlace { Loading.tell(.replicaMoved, json: isJSON) }
        return isInPlace
    }

    /// Reports a failed write, because readers of the metrics would take old ones for new.
    ///
    /// - Returns: the run's exit code, which also reflects a failed write.
    func writeMetrics(
        to target: OutputTarget, exitCode: Int32, started: Instant, _ reporter: Reporter
    ) async -> Int32 {
        do {
            let text = MetricsText.of(
                try await replica.status(), counters.figures, exitCode: exitCode, started: started,
                now: TimeSource.system.now())
            // The collector runs as another user; the file identifies nobody.
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
        try await Loading.replica(json: isJSON) { () async throws(ReplicaError) in try await replica.close() }
    }
}
