/// The one rule for where plain `http` is allowed: what is sent never leaves this machine.
package enum Loopback {
    /// Whether a host always means this machine, whatever any name server says: `localhost` and the names under it
    /// (RFC 6761, section 6.3), 127.0.0.0/8 and ::1 (RFC 6890), with or without brackets. Browsers trust the same ones
    /// as they trust TLS (Secure Contexts, section 3.1).
    ///
    /// - Parameter host: without a port, in any case.
    package static func contains(host: String) -> Bool {
        let host = host.lowercased()
        if host == "localhost" || host.hasSuffix(".localhost") || host == "::1" || host == "[::1]" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127"
            && parts.allSatisfy { UInt8($0) != nil && $0.utf8.allSatisfy(\.isDigit) }
    }
}
