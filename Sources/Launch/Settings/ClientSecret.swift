package import Identifiers
package import Tokens

/// A secret that Welkin issued, and the client it belongs to.
package struct ClientSecret: Sendable {
    /// The `client_id` that Welkin issued with it.
    package let client: ClientID
    /// The secret as the key of HMAC-SHA-256.
    package let key: MACKey
    /// Eight hexadecimal digits that distinguish secrets in metrics and logs and reveal nothing.
    package let shortID: String

    /// - Parameter secret: at least 16 bytes; the settings refuse a shorter one.
    package init(client: ClientID, secret: Secret) {
        self.client = client
        key = MACKey(secret)
        shortID = key.shortID(Secret.idLabel)
    }
}
