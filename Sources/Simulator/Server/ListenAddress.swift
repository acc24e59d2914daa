/// Where the host page is served: `HOST:PORT`, with an IPv6 address in brackets.
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

    /// Whether nobody but this machine can reach it.
    package var isLoopback: Bool { Self.isLoopback(host) }

    /// Whether a host's name or address always means this machine: `localhost` and what is under it
    /// (RFC 6761, section 6.3), 127.0.0.0/8 and ::1.
    package static func isLoopback(_ host: String) -> Bool {
        let host = host.lowercased()
        if host == "localhost" || host.hasSuffix(".localhost") || host == "::1" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }

    /// Whether a `Host`, with a port or without, always means this machine.
    static func isLoopback(authority: String) -> Bool {
        // `0` stands in for the port that a Host without one leaves to the scheme.
        let address = ListenAddress(authority) ?? ListenAddress("\(authority):0")
        return address?.isLoopback ?? false
    }

    /// As it is written in a URL.
    package var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
