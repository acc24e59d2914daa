/// What a client does, for logs and metrics; nothing in it identifies anybody. A resource is nil for
/// the request for a token, and for a look whether anything answers.
public enum ClientEvent: Sendable {
    /// An answer came in, of whatever status.
    case answered(resource: String?, status: Int, bytes: Int, duration: Duration)
    /// A request failed and is sent again after this wait.
    case retrying(resource: String?, error: DataAPIError, delay: Duration)
    /// There is a new token.
    case tokenRenewed
    /// The token store could not be read or written; the client goes on without.
    case tokenStoreFailed(String)
    /// Welkin calls this version of its API deprecated. Told once a client.
    case versionDeprecated
    /// Welkin calls this version of its API discontinued. Told once a client.
    case versionDiscontinued
}
