public import Tokens

/// What opens the API for an hour. Prints as `•••`.
public struct AccessToken: Sendable {
    /// The token itself.
    public let value: Secret
    /// When it is to be replaced, by our clock: some minutes before its end.
    public let renewAt: Instant

    /// - Parameter value: the token's bytes.
    public init(value: Secret, renewAt: Instant) {
        self.value = value
        self.renewAt = renewAt
    }

    /// Whether it is still to be used. A clock that was set back does not make it last longer.
    func isFresh(at now: Instant) -> Bool { now < renewAt && renewAt - now < TokenGrant.lifetime }

    /// For the request's header and the store.
    var revealed: String { unsafe value.withBytes { unsafe String(decoding: $0, as: UTF8.self) } }
}
