import AsyncHTTPClient
import Platform
import Tokens

/// An HTTP proxy that is asked to connect (CONNECT). Prints as `•••`, because it may hold a password.
public struct Proxy: Sendable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    let host: String
    let port: Int
    /// `user:password`
    let credentials: Secret?

    /// - Parameter text: `[http://][USER:PASSWORD@]HOST[:PORT][/]`, user and password percent-encoded. The
    ///   default port is 80. Proxies that speak TLS or SOCKS themselves are refused.
    public init?(_ text: String) {
        var rest = text[...]
        if let separator = rest.firstRange(of: "://") {
            guard rest[..<separator.lowerBound].lowercased() == "http" else { return nil }
            rest = rest[separator.upperBound...]
        }
        var credentials: Secret?
        if let at = rest.lastIndex(of: "@") {
            let decoded = PercentEncoding.decode(rest[..<at])
            // A missing password is empty (RFC 7617, section 2).
            credentials = Secret(Array((decoded.contains(":") ? decoded : decoded + ":").utf8))
            rest = rest[rest.index(after: at)...]
        }
        guard let (origin, path) = Origin.parse(("http://" + rest)[...]), path.isEmpty || path == "/" else {
            return nil
        }
        host = origin.name
        port = origin.port
        self.credentials = credentials
    }

    /// The credentials for the proxy, if it has any.
    var authorization: HTTPClient.Authorization? {
        credentials.map { secret in
            let text = unsafe secret.withBytes { unsafe Array($0) }
            return .basic(credentials: String(decoding: Base64.encode(text), as: UTF8.self))
        }
    }

    /// Never its parts.
    public var description: String { "•••" }
    /// Never its parts.
    public var debugDescription: String { "•••" }
    /// Nothing.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
