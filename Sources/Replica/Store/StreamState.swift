package import Records

/// How far a stream has been pulled. All nil: never.
package struct StreamState: Hashable, Sendable {
    /// Everything that changed up to here is in the replica.
    package var cursor: Instant?
    /// The window that is being pulled; nil between windows.
    package var window: StreamWindow?
    /// Where to go on inside the window. The store keeps it without looking into it.
    package var place: String?

    /// Never pulled, where nothing else is said.
    package init(cursor: Instant? = nil, window: StreamWindow? = nil, place: String? = nil) {
        self.cursor = cursor
        self.window = window
        self.place = place
    }
}

/// A stretch of time, both ends included. Without a beginning it holds everything before its end.
package struct StreamWindow: Hashable, Sendable {
    /// Its beginning; nil for the beginning of time.
    package let from: Instant?
    /// Its end.
    package let to: Instant
    /// Whether Welkin is right in it, whatever is here: an older version replaces a newer one.
    package let overrules: Bool
    /// Whether an answer in it had no date, so that nothing proves how far it reaches.
    package let isUndated: Bool
    /// The number of the last thing that was quarantined before it began (``ReplicaStore/lastQuarantined()``);
    /// nil where what it does not meet again is kept.
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
