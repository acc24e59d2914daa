import Platform

/// The thread that owns the connection that writes. What waits when it becomes free shares one transaction, so that
/// many callers cost little more than one.
final class CommitThread: Sendable {
    /// The most jobs of one transaction.
    static let limit = 128
    /// How many seconds commits of reads may stay in the operating system's memory. Half of what is promised, because
    /// the disk takes its time, too.
    static let syncInterval = 0.5

    let queue = JobQueue<Job>()
    let counters = JournalCounters()
    private let housekeeper: Housekeeper

    /// Takes over the connection, and starts.
    ///
    /// - Parameter open: makes another connection of the same kind.
    init(
        _ connection: sending SQLiteConnection, open: @escaping @Sendable () throws(JournalError) -> SQLiteConnection
    ) throws(JournalError) {
        let statements = try BatchStatements(connection)
        let files = try JournalFiles(beside: connection.path)
        housekeeper = Housekeeper(files, counters, open: open)
        // From here on nobody but the thread uses it, and the connection ends with it.
        nonisolated(unsafe) let loop = Moved(CommitLoop(connection, statements, files, housekeeper, counters))
        let (queue, housekeeper) = (queue, housekeeper)
        Thread.detached {
            unsafe loop.take().run(queue)
            housekeeper.finish()
        }
    }

    /// Finishes what waits, and ends.
    func close() async {
        queue.finish()
        await housekeeper.end.wait()
    }

    /// Puts what was committed onto the disk, and keeps the log small.
    func settle() async { await housekeeper.settle(emptiesLog: counters.logPages >= Self.settledPages) }

    /// The log of processes that settle has about this many pages at most: each of them begins by reading all of it.
    private static let settledPages = 64
}

/// Hands a value over to the thread, and keeps nothing of it.
private final class Moved {
    private var loop: CommitLoop?

    init(_ loop: CommitLoop) { self.loop = loop }

    func take() -> CommitLoop { loop.take()! }
}

/// What the thread does, and all that belongs to it alone.
final class CommitLoop {
    private let connection: SQLiteConnection
    private let statements: BatchStatements
    private let files: JournalFiles
    private let housekeeper: Housekeeper
    private let counters: JournalCounters
    private var isFull: Bool?
    /// When the oldest commit was made that is not on the disk; nil if all are.
    private var unsyncedSince: Double?

    init(
        _ connection: SQLiteConnection, _ statements: BatchStatements, _ files: JournalFiles,
        _ housekeeper: Housekeeper, _ counters: JournalCounters
    ) {
        self.connection = connection
        self.statements = statements
        self.files = files
        self.housekeeper = housekeeper
        self.counters = counters
    }

    func run(_ queue: JobQueue<Job>) {
        while let jobs = queue.take(CommitThread.limit, within: patience) {
            if !jobs.isEmpty { run(jobs, of: queue) }
            guard let patience, patience <= 0 else { continue }
            sync()
        }
        sync()
    }

    /// How many seconds may pass until the log must be put onto the disk.
    private var patience: Double? { unsyncedSince.map { $0 + CommitThread.syncInterval - Clock.monotonic } }

    private func sync() {
        guard unsyncedSince != nil else { return }
        unsyncedSince = nil
        housekeeper.sync()
    }

    private func run(_ jobs: [Job], of queue: JobQueue<Job>) {
        let isFull = jobs.contains { $0.durability == .writes }
        do throws(JournalError) {
            if let error = housekeeper.broken { throw error }
            try checkPlaces()
            try setSynchronous(isFull)
        } catch {
            return refuse(jobs, error)
        }
        let batch = Batch(statements, connection)
        var failures = batch.run(jobs)
        if batch.hasBegun {
            counters.count(jobs: jobs.count, logPages: connection.logPages)
            unsyncedSince = isFull ? nil : unsyncedSince ?? Clock.monotonic
            // What was committed to a file without a name is lost.
            do throws(JournalError) { try checkPlaces() } catch { failures = jobs.map { _ in error } }
        } else if let error = failures.compactMap({ $0 }).first {
            // Whoever came meanwhile would wait as long again, for the same lock.
            refuse(queue.takeAll(), error)
        }
        for (job, failure) in zip(jobs, failures) { job.answer(failure) }
        if batch.hasBegun { checkpoint() }
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

    /// Keeps the log small: the first process that opens a journal reads all of it.
    private func checkpoint() {
        guard connection.logPages >= 1_000 else { return }
        housekeeper.checkpoint()
        // Under a load that never ceases the log ends only when no commit comes meanwhile.
        if connection.logPages >= 16_000 { connection.checkpoint() }
    }
}
