package import Platform

/// Records the events that may happen only once, on one host. Without it the handler is stateless.
package protocol StateStore: Sendable {
    /// Records an event, unless it has happened before.
    ///
    /// - Parameter expires: when the event may be forgotten.
    /// - Returns: nil the first time; after that, the time of the first event.
    func first(_ event: StateEvent, now: UnixTime, expires: UnixTime) throws(StateError) -> UnixTime?

    /// Whether the event was recorded.
    func happened(_ event: StateEvent) throws(StateError) -> Bool
}

/// An event to remember.
package struct StateEvent: Sendable, Hashable {
    /// The kind of event.
    package enum Kind: String, Sendable, CaseIterable {
        case launched, exchanged, ended
    }

    /// What happened.
    package let kind: Kind
    /// What it happened to; only a hash of this is stored.
    package let subject: [UInt8]

    /// An event: a launch of this signature, an exchange of this hand-off, the end of this launch.
    package init(_ kind: Kind, _ subject: [UInt8]) {
        self.kind = kind
        self.subject = subject
    }
}

/// The store failed; then every request is refused.
package struct StateError: Error, Sendable, Equatable {
    /// The system's `errno`.
    package let code: Int32

    /// - Parameter code: the system's `errno`.
    package init(code: Int32) { self.code = code }
}
