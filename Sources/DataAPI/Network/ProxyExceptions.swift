import Platform

/// Hosts that are reached without the proxy, as `NO_PROXY` lists them.
public struct ProxyExceptions: Sendable, Hashable {
    private let entries: [Substring]

    /// - Parameter text: entries separated by commas or blanks: `host`, `.suffix` for all hosts under a
    ///   domain, either with `:port`, or `*` for every host.
    public init(_ text: String) {
        entries = text.lowercased().split { $0 == "," || $0.isWhitespace }
    }

    /// Whether an entry matches.
    package func contain(_ origin: Origin) -> Bool {
        entries.contains { entry in
            guard entry != "*" else { return true }
            let (name, port) = Self.split(entry)
            guard port == nil || port == origin.port else { return false }
            return name.hasPrefix(".") ? origin.host.hasSuffix(name) : name == origin.host || name == origin.name
        }
    }

    /// An IPv6 address is in brackets if a port follows.
    private static func split(_ entry: Substring) -> (name: Substring, port: Int?) {
        guard let colon = entry.lastIndex(of: ":"), let port = Int(entry[entry.index(after: colon)...]) else {
            return (entry, nil)
        }
        let name = entry[..<colon]
        guard name.hasSuffix("]") || !name.contains(":") else { return (entry, nil) }
        return (name, port)
    }
}
