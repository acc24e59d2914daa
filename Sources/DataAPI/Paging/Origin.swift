/// Where the Data API is: scheme, host and port. No request and no link ever leaves it.
public struct Origin: Sendable, Hashable, CustomStringConvertible {
    /// `https`, or `http` for a host of this machine.
    public let scheme: String
    /// In lower case.
    public let host: String
    /// Also where it is the scheme's own.
    public let port: Int

    /// `https://api.welkinhealth.com`
    public static let welkin = Origin("https://api.welkinhealth.com")!

    /// - Parameter text: `https://HOST[:PORT]`, without path, query or user. `http` is refused
    ///   except for `localhost`, `*.localhost`, `127.*` and `[::1]`: the token must not be read on
    ///   the way.
    public init?(_ text: String) {
        guard let (origin, rest) = Self.parse(text[...]), rest.isEmpty || rest == "/" else { return nil }
        guard origin.scheme == "https" || origin.isLoopback else { return nil }
        self = origin
    }

    private init(scheme: String, host: String, port: Int) {
        (self.scheme, self.host, self.port) = (scheme, host, port)
    }

    /// `SCHEME://HOST`, and the port where it is not the scheme's own.
    public var description: String {
        hasDefaultPort ? "\(scheme)://\(host)" : "\(scheme)://\(host):\(port)"
    }

    /// Whether the port is the scheme's own.
    package var hasDefaultPort: Bool { port == Self.defaultPort(scheme) }

    /// The host without the brackets of an address of IPv6.
    var name: String { isBracketed ? String(host.dropFirst().dropLast()) : host }

    /// The name to ask the system for. It need not know that what is under `localhost` is this machine (RFC 6761,
    /// section 6.3), though browsers do.
    package var nameToResolve: String { host.hasSuffix(".localhost") ? "localhost" : name }

    /// Whether the host is an address.
    var isAddress: Bool {
        isBracketed || host.utf8.allSatisfy { $0 == UInt8(ascii: ".") || UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
    }

    private var isBracketed: Bool { host.hasPrefix("[") }

    /// Of a URL of any scheme, wherever it leads; nil when it names a user or is none.
    package static func of(_ url: String) -> Origin? { parse(url[...])?.origin }

    /// Whether it is this machine by its name or address.
    var isLoopback: Bool {
        host == "localhost" || host.hasSuffix(".localhost") || host == "[::1]"
            || host.hasPrefix("127.") && host.utf8.allSatisfy { $0 < UInt8(ascii: "a") }
    }

    private static func defaultPort(_ scheme: String) -> Int? {
        switch scheme {
        case "https": 443
        case "http": 80
        default: nil
        }
    }

    /// Splits an absolute URL into its origin, whatever that is, and what follows. Nil when it is
    /// not absolute, or names a user, which only serves to deceive.
    static func parse(_ url: Substring) -> (origin: Origin, rest: Substring)? {
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
            return text.dropFirst().dropLast().utf8.allSatisfy {
                Character(Unicode.Scalar($0)).isHexDigit || $0 == 0x3A
            }
        }
        return !text.isEmpty
            && text.utf8.allSatisfy {
                switch $0 {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                    UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"):
                    true
                default: false
                }
            }
    }
}
