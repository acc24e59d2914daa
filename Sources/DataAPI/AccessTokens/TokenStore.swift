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
