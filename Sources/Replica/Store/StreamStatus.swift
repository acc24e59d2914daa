package import Records

/// How a stream's run ended.
package enum RunOutcome: Hashable, Sendable {
    case succeeded(at: Instant, CommitCounts)
    /// `code` is a short name for the operator, such as `http_503`; never text from a record.
    case failed(at: Instant, code: String)
}

/// One stream as `status` shows it.
package struct StreamStatus: Hashable, Sendable {
    /// Which one.
    package let stream: StreamID
    /// How far it has been pulled.
    package let state: StreamState
    /// Records that are alive here.
    package let rows: Int
    /// Records that are marked as deleted.
    package let deleted: Int
    /// Records of it that are quarantined.
    package let quarantined: Int
    /// When its last successful run ended; nil: never.
    package let lastSuccess: Instant?
    /// What the last successful run brought.
    package let lastCounts: CommitCounts
    /// When its last failed run ended; nil: never.
    package let lastFailure: Instant?
    /// The last failure's code; nil once a run has succeeded after it.
    package let lastErrorCode: String?
    /// Instants of which more records may be in Welkin than are here, oldest first: more carry them than a
    /// page holds. Each run tries them again.
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
