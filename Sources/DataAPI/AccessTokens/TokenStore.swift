/// Keeps the token from one run to the next: a token for each run would be slow, and is refused
/// after a while.
public protocol TokenStore: Sendable {
    /// The token that was saved under this name; nil when there is none.
    ///
    /// - Parameter name: stands for client, secret, scopes and origin together, and tells nothing
    ///   about them: with others of them, a stored token must not be used.
    func load(_ name: String) throws -> AccessToken?

    /// Keeps this token, and forgets any other.
    func save(_ token: AccessToken, _ name: String) throws
}
