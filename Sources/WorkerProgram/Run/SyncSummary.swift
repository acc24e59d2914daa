package import Replica
package import Sync

/// The result of a run, over all streams.
package struct SyncSummary: Hashable, Sendable {
    package let streams: Int
    package let failed: Int
    package let pages: Int
    package let counts: CommitCounts

    package init(_ results: [PullResult]) {
        streams = results.count
        failed = results.filter { $0.outcome.failure != nil }.count
        pages = results.reduce(0) { $0 + $1.pages }
        counts = results.reduce(into: CommitCounts()) { $0 += $1.counts }
    }

    /// The run's last line.
    package func entry(exitCode: Int32, isDry: Bool) -> LogEntry {
        LogEntry(isDry ? "previewed" : "synced", exitCode == ExitStatus.done ? .info : .warning)
            .with("exit", Int(exitCode)).with("streams", streams).with("failed", failed).with("pages", pages)
            .with(counts)
    }
}
