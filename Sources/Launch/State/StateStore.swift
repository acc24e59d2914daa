/// What must happen only once, for one host. Without it the handler is stateless.
public protocol StateStore: Sendable {
    /// Notes that something happens, if it has not happened before.
    ///
    /// - Parameters:
    ///   - expires: seconds since 1970 from which it need not be remembered.
    /// - Returns: nil the first time, else when that was, in seconds since 1970.
    func first(_ event: StateEvent, now: Int64, expires: Int64) throws(StateError) -> Int64?

    /// Whether it was noted.
    func happened(_ event: StateEvent) throws(StateError) -> Bool
}

/// Something that is to be remembered.
public struct StateEvent: Sendable, Hashable {
    /// What happened.
    public enum Kind: String, Sendable, CaseIterable {
        case launched, exchanged, ended
    }

    /// What happened.
    public let kind: Kind
    /// What it happened to; only a hash of it is written down.
    public let subject: [UInt8]

    /// An event: a launch of this signature, an exchange of this hand-off, the end of this launch.
    public init(_ kind: Kind, _ subject: [UInt8]) {
        self.kind = kind
        self.subject = subject
    }
}

/// The store could not say; then nobody is let in.
public struct StateError: Error, Sendable, Equatable {
    /// The system's `errno`.
    public let code: Int32

    /// - Parameter code: the system's `errno`.
    public init(code: Int32) { self.code = code }
}
