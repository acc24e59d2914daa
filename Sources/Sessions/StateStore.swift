package import Platform

/// What must happen only once, for one host. Without it the handler is stateless.
package protocol StateStore: Sendable {
    /// Notes that something happens, if it has not happened before.
    ///
    /// - Parameter expires: from when on it need not be remembered.
    /// - Returns: nil the first time, else when that was.
    func first(_ event: StateEvent, now: UnixTime, expires: UnixTime) throws(StateError) -> UnixTime?

    /// Whether it was noted.
    func happened(_ event: StateEvent) throws(StateError) -> Bool
}

/// Something that is to be remembered.
package struct StateEvent: Sendable, Hashable {
    /// What happened.
    package enum Kind: String, Sendable, CaseIterable {
        case launched, exchanged, ended
    }

    /// What happened.
    package let kind: Kind
    /// What it happened to; only a hash of it is written down.
    package let subject: [UInt8]

    /// An event: a launch of this signature, an exchange of this hand-off, the end of this launch.
    package init(_ kind: Kind, _ subject: [UInt8]) {
        self.kind = kind
        self.subject = subject
    }
}

/// The store could not say; then nobody is let in.
package struct StateError: Error, Sendable, Equatable {
    /// The system's `errno`.
    package let code: Int32

    /// - Parameter code: the system's `errno`.
    package init(code: Int32) { self.code = code }
}
