package import DataAPI
package import Replica

/// What a run does, for progress bars, logs and metrics. Nothing in it identifies anybody.
package enum SyncEvent: Sendable {
    /// A window is begun, or gone on with.
    case began(StreamID, window: StreamWindow, isResumed: Bool)
    /// The clock is so far behind Welkin's that it cannot tell what is due: the window ends by Welkin's.
    case clockBehind(StreamID, Duration)
    /// The clock is so far ahead of Welkin's: the window ends by Welkin's.
    case clockAhead(StreamID, Duration)
    /// The cursor was so far ahead of Welkin's clock: nobody knows what it passed over, and everything is
    /// pulled again.
    case cursorAhead(StreamID, Duration)
    /// The answers have no date, so that nothing proves how far they reach: the cursor stays at the newest
    /// record.
    case undated(StreamID)
    /// More records carry this instant than a page holds: the walk goes on behind it, and what could not
    /// be proven whole is tried again by each run.
    case unfinished(StreamID, Instant)
    /// The run ends early, since this would happen to everything that is left. Told once.
    case gaveUp(StreamFailure)
    /// A page is in.
    case progress(StreamID, Progress)
    /// Verify: a difference that the second look confirmed. The text stands for the record's id.
    case difference(StreamID, DriftKind, fingerprint: String)
    /// The stream is through. Told once for each that began.
    case ended(StreamID, Outcome)
}

/// How far a stream has come.
package struct Progress: Hashable, Sendable {
    /// What became of the records, in this run.
    package let counts: CommitCounts
    /// The pages, in this run.
    package let pages: Int
    /// Where the next page begins; the window's end behind its last page.
    package let position: Instant?
    /// How much of the window's time is through, from 0 to 1; nil while its beginning is unknown.
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
    /// All of it is in.
    case done
    /// It was stopped; what had been received is in.
    case stopped
    /// The run ended before it began.
    case notBegun
    /// It can be tried again: nothing was passed over.
    case failed(StreamFailure)

    init(_ error: any Error) {
        // A request that was cancelled may fail in its own way.
        let isRequest = !(error is StreamFailure || error is ReplicaError)
        self = error is CancellationError || isRequest && Task.isCancelled ? .stopped : .failed(StreamFailure(error))
    }
}

/// What a pull brought.
package struct PullResult: Hashable, Sendable {
    /// Whose run this was.
    package let stream: StreamID
    /// How it ended.
    package let outcome: Outcome
    /// What became of the records.
    package let counts: CommitCounts
    /// How many pages came in.
    package let pages: Int
    /// How many instants are left that could not be proven whole.
    package let unfinished: Int

    package init(stream: StreamID, outcome: Outcome, counts: CommitCounts, pages: Int, unfinished: Int = 0) {
        self.stream = stream
        self.outcome = outcome
        self.counts = counts
        self.pages = pages
        self.unfinished = unfinished
    }
}
