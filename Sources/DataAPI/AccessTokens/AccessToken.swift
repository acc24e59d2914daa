public import Tokens

/// A token that grants access to the API for an hour. Prints as `•••`.
public struct AccessToken: Sendable {
    /// The token itself.
    public let value: Secret
    /// When to replace it, by our clock: some minutes before it expires.
    public let renewAt: Instant

    /// - Parameters:
    ///   - value: the token's bytes.
    ///   - renewAt: the time to replace it.
    public init(value: Secret, renewAt: Instant) {
        self.value = value
        self.renewAt = renewAt
    }

    /// Whether it may still be used. A clock that was set back does not extend its lifetime.
    func isFresh(at now: Instant) -> Bool { now < renewAt && renewAt - now < TokenGrant.lifetime }

    /// For the request's header and the store.
    var revealed: String { unsafe value.withBytes { unsafe String(decoding: $0, as: UTF8.self) } }
}
