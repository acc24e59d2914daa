/// The origin of a web page (RFC 6454): scheme, host and port, in the form in which browsers send it.
public struct Origin: Sendable, Equatable {
    /// `https://coach.welkinhealth.com`
    public let text: String

    /// Nil unless it is `https://host[:port]`, lower case, without a path. `http` is taken only for
    /// `localhost` and names under it, which browsers trust as they trust TLS.
    public init?(_ text: String) {
        guard let scheme = ["https://", "http://"].first(where: text.hasPrefix) else { return nil }
        let authority = text.dropFirst(scheme.utf8.count)
        let parts = authority.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count <= 2, Self.isHost(parts[0]) else { return nil }
        if scheme == "http://", parts[0] != "localhost", !parts[0].hasSuffix(".localhost") { return nil }
        if parts.count == 2 {
            guard let port = UInt16(parts[1]), port > 0, String(port) == parts[1] else { return nil }
            // Browsers leave the usual port out, so an origin with it would never match.
            guard port != (scheme == "https://" ? 443 : 80) else { return nil }
        }
        self.text = text
    }

    private static func isHost(_ host: Substring) -> Bool {
        guard (1...253).contains(host.utf8.count), !host.hasPrefix("."), !host.hasSuffix(".") else { return false }
        return host.utf8.allSatisfy { byte in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
        }
    }
}

/// The URL of an App as Welkin has it on file: where launches are posted, and their audience.
public struct AppURL: Sendable, Equatable {
    /// The whole URL, exactly as it must stand in `aud`.
    public let text: String
    /// The scheme, host and port of the URL.
    public let origin: Origin
    /// The path that launches are posted to: `/clinic/launch`.
    public let launchPath: String
    /// The folder under which all paths of the App hang: `/clinic/`.
    public let folder: String

    /// Nil unless it is an ``Origin`` and a path that ends in `/launch`, or in `/launch/APP` for
    /// the App of this name, without query, fragment, `%` escapes or `..`.
    public init?(_ text: String, app: AppName) {
        guard let scheme = text.firstRange(of: "://"),
            let slash = text[scheme.upperBound...].firstIndex(of: "/"),
            let origin = Origin(String(text[..<slash]))
        else { return nil }
        let path = String(text[slash...])
        guard path.utf8.allSatisfy(Self.isPathByte), !path.contains("//"), !path.contains("/.") else { return nil }
        let named = "/launch/\(app.text)"
        if path.hasSuffix(named) {
            folder = String(path.dropLast(named.utf8.count)) + "/"
        } else if path.hasSuffix("/launch"), app == .main {
            folder = String(path.dropLast("launch".utf8.count))
        } else {
            return nil
        }
        self.text = text
        self.origin = origin
        self.launchPath = path
    }

    private static func isPathByte(_ byte: UInt8) -> Bool {
        Identifier(String(UnicodeScalar(byte))) != nil || byte == UInt8(ascii: "/")
    }
}
