import Synchronization

/// What this process has done to the journal, for metrics.
package final class JournalCounters: Sendable {
    private let jobCount = Atomic<Int>(0)
    private let commitCount = Atomic<Int>(0)
    private let syncCount = Atomic<Int>(0)
    private let pages = Atomic<Int>(0)

    /// The callers that shared the transactions.
    package var jobs: Int { jobCount.load(ordering: .relaxed) }
    /// The transactions.
    package var commits: Int { commitCount.load(ordering: .relaxed) }
    /// How often commits of reads were put onto the disk afterwards.
    package var syncs: Int { syncCount.load(ordering: .relaxed) }
    /// The pages of the log after the last transaction.
    package var logPages: Int { pages.load(ordering: .relaxed) }

    func count(jobs: Int, logPages: Int) {
        pages.store(logPages, ordering: .relaxed)
        jobCount.add(jobs, ordering: .relaxed)
        commitCount.add(1, ordering: .relaxed)
    }

    func countSync() { syncCount.add(1, ordering: .relaxed) }
}
