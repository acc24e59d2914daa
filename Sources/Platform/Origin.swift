/// Scheme, host and port of a URL (RFC 6454).
public struct Origin: Sendable, Hashable, CustomStringConvertible {
    /// `https`, or `http` for a host of this machine.
    public let scheme: String
    /// In lower case; an IPv6 address in brackets.
    public let host: String
    /// Set even if it is the scheme's default.
    public let port: Int
    /// As browsers send it: `SCHEME://HOST`, with the port unless it is the scheme's default.
    public let text: String

    /// ``text``
    public var description: String { text }

    /// Nil unless the text is `https://HOST[:PORT]`, without path, query or user. `http` is refused except for hosts
    /// of this machine (`localhost`, `*.localhost`, `127.*.*.*` and `[::1]`), because nobody may read a token
    /// in transit.
    ///
    /// - Parameter text: case is ignored; a trailing slash is optional.
    public init?(_ text: String) {
        guard let (origin, rest) = Self.parse(text[...]), rest.isEmpty || rest == "/" else { return nil }
        guard origin.scheme == "https" || origin.scheme == "http" && origin.isLoopback else { return nil }
        self = origin
    }

    /// Nil unless the text is an origin exactly as browsers send it, so that comparing the two compares the origins.
    package init?(serialized text: String) {
        guard let origin = Origin(text), origin.text == text else { return nil }
        // What a browser writes otherwise (an IPv6 address in full, say) or a Content-Security-Policy cannot name.
        let isNamed = origin.host == "[::1]" || !origin.isBracketed
        guard isNamed, !origin.host.hasSuffix("."), !origin.host.contains("_") else { return nil }
        self = origin
    }

    private init(scheme: String, host: String, port: Int) {
        (self.scheme, self.host, self.port) = (scheme, host, port)
        text = port == Self.defaultPort(scheme) ? "\(scheme)://\(host)" : "\(scheme)://\(host):\(port)"
    }

    /// Whether the port is the scheme's default.
    package var hasDefaultPort: Bool { port == Self.defaultPort(scheme) }

    /// The host without the brackets of an IPv6 address.
    package var name: String { isBracketed ? String(host.dropFirst().dropLast()) : host }

    /// The name for the system's resolver, which may not know that names under `localhost` are this machine (RFC 6761,
    /// section 6.3). Browsers do.
    package var nameToResolve: String { host.hasSuffix(".localhost") ? "localhost" : name }

    /// Whether the host is an address.
    package var isAddress: Bool { isBracketed || host.utf8.allSatisfy { $0 == UInt8(ascii: ".") || $0.isDigit } }

    /// Whether the host always means this machine.
    package var isLoopback: Bool { Loopback.contains(host: host) }

    private var isBracketed: Bool { host.hasPrefix("[") }

    /// The origin of a URL of any scheme and host; nil when the URL names a user or is invalid.
    package static func of(_ url: String) -> Origin? { parse(url[...])?.origin }

    private static func defaultPort(_ scheme: String) -> Int? {
        switch scheme {
        case "https": 443
        case "http": 80
        default: nil
        }
    }

    /// Splits an absolute URL into its origin and the rest. Nil when it is not absolute, or names a
    /// user, which only serves to deceive.
    package static func parse(_ url: Substring) -> (origin: Origin, rest: Substring)? {
        guard let colon = url.firstIndex(of: ":"), url[colon...].hasPrefix("://") else { return nil }
        let scheme = url[..<colon].lowercased()
        let afterScheme = url[colon...].dropFirst(3)
        let authorityEnd = afterScheme.firstIndex { "/?#\\".contains($0) } ?? afterScheme.endIndex
        let authority = afterScheme[..<authorityEnd].lowercased()
        var (host, port) = (authority[...], defaultPort(scheme))
        if let separator = authority.lastIndex(of: ":"), !authority[separator...].contains("]") {
            guard let number = UInt16(authority[separator...].dropFirst()), number > 0 else { return nil }
            (host, port) = (authority[..<separator], Int(number))
        }
        guard let port, isHost(host) else { return nil }
        return (Origin(scheme: scheme, host: String(host), port: port), afterScheme[authorityEnd...])
    }

    private static func isHost(_ text: Substring) -> Bool {
        if text.hasPrefix("["), text.hasSuffix("]") {
            let address = text.dropFirst().dropLast().utf8
            return address.contains(UInt8(ascii: ":"))
                && address.allSatisfy { $0.isHexadecimalDigit || $0 == UInt8(ascii: ":") }
        }
        return (1...253).contains(text.utf8.count) && !text.hasPrefix(".")
            && text.utf8.allSatisfy {
                $0.isLowercaseLetter || $0.isDigit || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-")
                    || $0 == UInt8(ascii: "_")
            }
    }
}
