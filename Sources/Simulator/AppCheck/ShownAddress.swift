import FoundationEssentials

/// An address of the App without its secrets. Sessions and hand-offs appear in queries, fragments and long path
/// segments: these are cut.
package enum ShownAddress {
    /// As long as a GUID, or a LAUNCH of this project.
    private static let longestPart = 36

    package static func text(_ url: String) -> String {
        guard let parts = URLComponents(string: url), let scheme = parts.scheme, let host = parts.host else {
            return "(no address)"
        }
        let path = parts.percentEncodedPath.split(separator: "/", omittingEmptySubsequences: false).map { part in
            part.count > longestPart ? "\(part.prefix(6))…" : String(part)
        }
        let port = parts.port.map { ":\($0)" } ?? ""
        return "\(scheme)://\(host)\(port)\(path.joined(separator: "/"))"
            + (parts.percentEncodedQuery == nil ? "" : "?…") + (parts.percentEncodedFragment == nil ? "" : "#…")
    }
}
