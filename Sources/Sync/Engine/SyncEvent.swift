package import DataAPI
package import Replica

/// An event of a run, for progress bars, logs and metrics. Nothing in it identifies anybody.
package enum SyncEvent: Sendable {
    /// A window begins, or is resumed.
    case began(StreamID, window: StreamWindow, isResumed: Bool)
    /// The clock is this far behind Welkin's and cannot tell what is due: the window ends by Welkin's.
    case clockBehind(StreamID, Duration)
    /// The clock is this far ahead of Welkin's: the window ends by Welkin's.
    case clockAhead(StreamID, Duration)
    /// The cursor was this far ahead of Welkin's clock: it may have skipped records, so everything is
    /// pulled again.
    case cursorAhead(StreamID, Duration)
    /// The answers have no date, so that nothing proves how far they reach: the cursor stays at the newest
    /// record.
    case undated(StreamID)
    /// More records share this instant than a page holds: the walk continues after it, and each run
    /// searches again until the instant is proven complete.
    case unfinished(StreamID, Instant)
    /// The run ends early, because this would affect everything that is left. Reported once.
    case gaveUp(StreamFailure)
    /// A page is committed.
    case progress(StreamID, Progress)
    /// Verify: a difference that the second look confirmed. The text stands for the record's id.
    case difference(StreamID, DriftKind, fingerprint: String)
    /// The stream has ended. Reported once for each stream that began.
    case ended(StreamID, Outcome)
}

/// The progress of a stream.
package struct Progress: Hashable, Sendable {
    /// The counts of the records, in this run.
    package let counts: CommitCounts
    /// The pages, in this run.
    package let pages: Int
    /// Where the next page begins; after the last page, the window's end.
    package let position: Instant?
    /// How much of the window's time is done, from 0 to 1; nil while its beginning is unknown.
    package let fraction: Double?

    package init(counts: CommitCounts, pages: Int, position: Instant?, fraction: Double?) {
        self.counts = counts
        self.pages = pages
        self.position = position
        self.fraction = fraction
    }
}

/// How a stream's run ended.
package enum Outcome: Hashable, Sendable {
    /// Everything is here.
    case done
    /// It was stopped; everything received is committed.
    case stopped
    /// The run ended before it began.
    case notBegun
    /// It can be retried: nothing was skipped.
    case failed(StreamFailure)

    init(_ error: any Error) {
        // A cancelled request may fail with its own error.
        let isRequest = !(error is StreamFailure || error is ReplicaError)
        self = error is CancellationError || isRequest && Task.isCancelled ? .stopped : .failed(StreamFailure(error))
    }
}

/// The result of a pull.
package struct PullResult: Hashable, Sendable {
    /// The stream of the run.
    package let stream: StreamID
    /// How it ended.
    package let outcome: Outcome
    /// The counts of the records.
    package let counts: CommitCounts
    /// How many pages were committed.
    package let pages: Int
    /// How many instants are left that could not be proven complete.
    package let unfinished: Int

    package init(stream: StreamID, outcome: Outcome, counts: CommitCounts, pages: Int, unfinished: Int = 0) {
        self.stream = stream
        self.outcome = outcome
        self.counts = counts
        self.pages = pages
        self.unfinished = unfinished
    }
}
