package import Records

/// How a stream's run ended.
package enum RunOutcome: Hashable, Sendable {
    case succeeded(at: Instant, CommitCounts)
    /// `code` is a short name for the operator, such as `http_503`; never text from a record.
    case failed(at: Instant, code: String)
}

/// One stream as `status` shows it.
package struct StreamStatus: Hashable, Sendable {
    /// The stream's name.
    package let stream: StreamID
    /// How far it has been pulled.
    package let state: StreamState
    /// Live records here.
    package let rows: Int
    /// Records that are marked as deleted.
    package let deleted: Int
    /// Its quarantined records.
    package let quarantined: Int
    /// When its last successful run ended; nil: never.
    package let lastSuccess: Instant?
    /// The counts of the last successful run.
    package let lastCounts: CommitCounts
    /// When its last failed run ended; nil: never.
    package let lastFailure: Instant?
    /// The last failure's code; nil once a later run has succeeded.
    package let lastErrorCode: String?
    /// Instants of which Welkin may have more records than are here, oldest first, because more share them
    /// than a page holds. Each run tries them again.
    package let unfinished: [Instant]

    package init(
        stream: StreamID, state: StreamState, rows: Int = 0, deleted: Int = 0, quarantined: Int = 0,
        lastSuccess: Instant? = nil, lastCounts: CommitCounts = CommitCounts(), lastFailure: Instant? = nil,
        lastErrorCode: String? = nil, unfinished: [Instant] = []
    ) {
        self.stream = stream
        self.state = state
        self.rows = rows
        self.deleted = deleted
        self.quarantined = quarantined
        self.lastSuccess = lastSuccess
        self.lastCounts = lastCounts
        self.lastFailure = lastFailure
        self.lastErrorCode = lastErrorCode
        self.unfinished = unfinished
    }
}
