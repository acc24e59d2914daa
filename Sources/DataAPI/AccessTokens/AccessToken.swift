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

/// Keeps the token from one run to the next, because a new token for each run would be slow, and is
/// refused after a while.
public protocol TokenStore: Sendable {
    /// The token that was saved under this name; nil if there is none.
    ///
    /// - Parameter name: stands for client, secret, scopes and origin together, and reveals nothing
    ///   about them. If one of them differs, a stored token must not be used.
    func load(_ name: String) throws -> AccessToken?

    /// Keeps this token, and drops any other.
    func save(_ token: AccessToken, _ name: String) throws
}
