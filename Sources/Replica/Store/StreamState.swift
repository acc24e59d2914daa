package import Records

/// How far a stream has been pulled. If all are nil, it was never pulled.
package struct StreamState: Hashable, Sendable {
    /// Everything that changed up to this instant is in the replica.
    package var cursor: Instant?
    /// The window that is being pulled; nil between windows.
    package var window: StreamWindow?
    /// Where to continue inside the window. The store does not interpret it.
    package var place: String?

    /// Never pulled, by default.
    package init(cursor: Instant? = nil, window: StreamWindow? = nil, place: String? = nil) {
        self.cursor = cursor
        self.window = window
        self.place = place
    }
}

/// A span of time, both ends included. Without a beginning, it holds everything before its end.
package struct StreamWindow: Hashable, Sendable {
    /// Its beginning; nil for the beginning of time.
    package let from: Instant?
    /// Its end.
    package let to: Instant
    /// Whether Welkin's version wins in it, whatever is here: an older version replaces a newer one.
    package let overrules: Bool
    /// Whether an answer in it had no date, so that nothing proves how far the window reaches.
    package let isUndated: Bool
    /// The number of the last record that was quarantined before it began (``ReplicaStore/lastQuarantined()``);
    /// nil if quarantined records that it does not meet again are kept.
    package let mark: Int64?

    /// Both ends are inside.
    package init(from: Instant?, to: Instant, overrules: Bool = false, isUndated: Bool = false, mark: Int64? = nil) {
        self.from = from
        self.to = to
        self.overrules = overrules
        self.isUndated = isUndated
        self.mark = mark
    }
}
