import Platform

/// An address to listen on: `HOST:PORT`, with an IPv6 address in brackets.
package struct ListenAddress: Sendable, Equatable, CustomStringConvertible {
    /// Without brackets.
    package let host: String
    /// 0 lets the system choose.
    package let port: Int

    /// Nil unless the text is `HOST:PORT` with a port from 0 to 65535.
    package init?(_ text: String) {
        guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]),
            (0...65535).contains(port)
        else { return nil }
        var host = String(text[..<colon])
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = String(host.dropFirst().dropLast())
        } else if host.contains(":") {
            return nil
        }
        guard !host.isEmpty else { return nil }
        self.init(host: host, port: port)
    }

    package init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    /// Whether only this machine can reach it.
    package var isLoopback: Bool { Loopback.contains(host: host) }

    /// Whether a `Host`, with a port or without, always means this machine.
    static func isLoopback(authority: String) -> Bool {
        ListenAddress(authority: authority)?.isLoopback ?? false
    }

    /// From a `Host`. The port is 0 if it is left to the scheme.
    init?(authority: String) {
        guard let address = ListenAddress(authority) ?? ListenAddress("\(authority):0") else { return nil }
        self = address
    }

    /// The name that a browser should use for the page, so that its origin is always the same; nil if the name
    /// would not lead here. Browsers resolve names under `localhost` to this machine's usual addresses.
    package var pageName: String? {
        ["127.0.0.1", "::1", "localhost", "welkin.localhost", "0.0.0.0", "::"].contains(host.lowercased())
            ? "welkin.localhost" : nil
    }

    /// The page's origin, as an App must allow it: without HTTP's default port.
    package var pageOrigin: String {
        let url = "http://\(ListenAddress(host: pageName ?? host, port: port))"
        return Origin.of(url)?.description ?? url
    }

    /// As in a URL.
    package var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
