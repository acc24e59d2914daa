import Platform
import Synchronization

/// The thread that owns the connection that writes. What waits when it becomes free shares one transaction, so that
/// many callers cost little more than one.
final class CommitThread: @unchecked Sendable {
    /// The most jobs of one transaction.
    static let limit = 128
    /// How long commits of reads may stay in the operating system's memory. Half of what is promised, because the
    /// disk takes its time too.
    static let syncInterval = 0.5

    let queue = JobQueue<Job>()
    let counters = JournalCounters()
    private let connection: SQLiteConnection
    private let statements: BatchStatements
    private let files: JournalFiles
    private let isClosed = Mutex<(isOver: Bool, waiting: [CheckedContinuation<Void, Never>])>((false, []))
    private var isFull: Bool?
    /// When the oldest commit was made that is not on the disk; nil if all are.
    private var unsyncedSince: Double?
    /// Why nothing more is accepted: the disk does not take what it has been given.
    private var broken: JournalError?

    /// Takes over the connection, which nobody else uses from now on.
    init(_ connection: SQLiteConnection) throws(JournalError) {
        self.connection = connection
        statements = try BatchStatements(connection)
        files = try JournalFiles(beside: connection.path)
    }

    func start() { WorkerThread.start { self.loop() } }

    private func loop() {
        while let jobs = queue.take(Self.limit, within: patience) {
            if !jobs.isEmpty { run(jobs) }
            if let since = unsyncedSince, Clock.monotonic - since >= Self.syncInterval { sync() }
        }
        sync()
        files.close()
        let waiting = isClosed.withLock { state in
            state.isOver = true
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.resume() }
    }

    /// How long it may wait for jobs before it must sync.
    private var patience: Double? { unsyncedSince.map { $0 + Self.syncInterval - Clock.monotonic } }

    private func run(_ jobs: [Job]) {
        let isFull = jobs.contains { $0.durability == .writes }
        do throws(JournalError) {
            if let broken { throw broken }
            try checkPlaces()
            try setSynchronous(isFull)
        } catch {
            return refuse(jobs, error)
        }
        let batch = Batch(statements, connection)
        var failures = batch.run(jobs)
        if batch.hasBegun {
            counters.count(jobs: jobs.count)
            unsyncedSince = isFull ? nil : unsyncedSince ?? Clock.monotonic
            // What was committed to a file without a name is lost.
            if !files.areInPlace(connection) { failures = jobs.map { _ in .moved(path: connection.path) } }
        } else if let error = failures.compactMap({ $0 }).first {
            // Whoever came meanwhile would wait as long again, for the same lock.
            refuse(queue.takeAll(), error)
        }
        for (job, failure) in zip(jobs, failures) { job.answer(failure) }
    }

    /// Answers jobs that were not begun.
    private func refuse(_ jobs: [Job], _ error: JournalError) { for job in jobs { job.answer(error) } }

    private func checkPlaces() throws(JournalError) {
        guard files.areInPlace(connection) else { throw .moved(path: connection.path) }
    }

    private func setSynchronous(_ isFull: Bool) throws(JournalError) {
        guard isFull != self.isFull else { return }
        try connection.execute("PRAGMA synchronous = \(isFull ? "FULL" : "NORMAL")")
        self.isFull = isFull
    }

    private func sync() {
        guard unsyncedSince != nil, broken == nil else { return }
        do {
            try files.sync()
            unsyncedSince = nil
            counters.countSync()
        } catch {
            // The system reports such an error once and then forgets it, with the data.
            broken = error
        }
    }

    /// Finishes what waits, and ends.
    func close() async {
        queue.finish()
        await withCheckedContinuation { continuation in
            let isOver = isClosed.withLock { state in
                if !state.isOver { state.waiting.append(continuation) }
                return state.isOver
            }
            if isOver { continuation.resume() }
        }
    }
}
