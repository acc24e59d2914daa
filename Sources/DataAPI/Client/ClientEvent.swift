/// An event of a client, for logs and metrics; nothing in it identifies anybody. The resource is nil
/// for the request for a token, and for the test whether anything answers.
public enum ClientEvent: Sendable {
    /// An answer arrived, with any status.
    case answered(resource: String?, status: Int, bytes: Int, duration: Duration)
    /// A request failed and is retried after this delay.
    case retrying(resource: String?, error: DataAPIError, delay: Duration)
    /// The client has a new token.
    case tokenRenewed
    /// The token store could not be read or written; the client continues without it.
    case tokenStoreFailed(String)
    /// Welkin has deprecated this version of its API. Reported once per client.
    case versionDeprecated
    /// Welkin has discontinued this version of its API. Reported once per client.
    case versionDiscontinued
}
