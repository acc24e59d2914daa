/// The only rule for where plain `http` is allowed: the data never leaves this machine.
package enum Loopback {
    /// Whether a host always means this machine, regardless of name servers: `localhost` and the names under it
    /// (RFC 6761, section 6.3), 127.0.0.0/8 and ::1 (RFC 6890), with or without brackets. Browsers trust these as
    /// much as TLS (Secure Contexts, section 3.1).
    ///
    /// - Parameter host: without a port; case is ignored.
    package static func contains(host: String) -> Bool {
        let host = host.lowercased()
        if host == "localhost" || host.hasSuffix(".localhost") || host == "::1" || host == "[::1]" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127"
            && parts.allSatisfy { UInt8($0) != nil && $0.utf8.allSatisfy(\.isDigit) }
    }
}
