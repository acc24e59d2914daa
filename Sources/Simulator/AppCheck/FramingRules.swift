package import Platform

/// Whether a browser shows a page in a frame of another origin's page: `frame-ancestors` (Content Security Policy
/// Level 3, section 6.4.2), and without one `X-Frame-Options` (HTML, section 7.6).
package enum FramingRules {
    /// The header that forbids it (of a policy, the directive only); nil if none does.
    ///
    /// - Parameters:
    ///   - page: the framed page's origin
    ///   - host: the origin of the page around it
    package static func refusal(of answer: AppAnswer, page: Origin, by host: Origin) -> FramingHeader? {
        let directives = frameAncestors(of: answer)
        guard directives.isEmpty else {
            return directives.first { sources in !sources.contains { allows($0, page, host) } }
                .map(FramingHeader.init(sources:))
        }
        let options = answer.values(of: "x-frame-options")
        return forbids(options, page, host) ? .xFrameOptions(options.joined(separator: ", ")) : nil
    }

    /// The sources of each policy's first such directive; policies without one are skipped.
    static func frameAncestors(of answer: AppAnswer) -> [[Substring]] {
        let policies = answer.values(of: "content-security-policy").flatMap { $0.split(separator: ",") }
        return policies.compactMap { policy in
            let directives = policy.split(separator: ";").map { $0.split { $0.isWhitespace } }
            return directives.first { $0.first?.lowercased() == "frame-ancestors" }.map { Array($0.dropFirst()) }
        }
    }

    private static func allows(_ source: Substring, _ page: Origin, _ host: Origin) -> Bool {
        switch source.lowercased() {
        case "*": return true
        case "'none'": return false
        case "'self'": return host == page
        case let scheme where scheme.hasSuffix(":"): return fits(host.scheme, String(scheme.dropLast()))
        case let text:
            let parts = text.split(separator: "://", maxSplits: 1)
            // A source without a scheme uses that of the framed page.
            let scheme = parts.count == 2 ? String(parts[0]) : page.scheme
            guard fits(host.scheme, scheme), let rest = parts.last else { return false }
            return fits(host, rest.prefix { $0 != "/" }, isUpgraded: host.scheme != scheme)
        }
    }

    /// A source that allows `http` also allows `https`.
    private static func fits(_ scheme: String, _ allowed: String) -> Bool {
        scheme == allowed || (allowed == "http" && scheme == "https")
    }

    /// - Parameter pattern: `HOST`, `*.HOST`, either with `:PORT` or `:*`.
    private static func fits(_ host: Origin, _ pattern: Substring, isUpgraded: Bool) -> Bool {
        var (name, port) = (pattern, nil as Substring?)
        if let colon = pattern.lastIndex(of: ":"), !pattern[colon...].contains("]") {
            (name, port) = (pattern[..<colon], pattern[colon...].dropFirst())
        }
        guard name.hasPrefix("*.") ? host.host.hasSuffix(name.dropFirst()) : host.host == name else { return false }
        switch port {
        case nil: return host.hasDefaultPort
        case "*": return true
        case let port?: return host.port == Int(port) || (isUpgraded && port == "80" && host.hasDefaultPort)
        }
    }

    private static func forbids(_ values: [String], _ page: Origin, _ host: Origin) -> Bool {
        let options = Set(
            values.flatMap { $0.split(separator: ",") }.map { $0.lowercased().filter { !$0.isWhitespace } })
        let known: Set = ["deny", "sameorigin", "allowall"]
        // Contradictory values forbid if browsers know at least one of them.
        guard options.count <= 1 else { return !options.isDisjoint(with: known) }
        switch options.first {
        case "deny": return true
        case "sameorigin": return host != page
        default: return false
        }
    }
}

/// A header that says who may frame a page.
package enum FramingHeader: Sendable, Equatable {
    /// The directive's sources.
    case frameAncestors(String)
    /// The header's value.
    case xFrameOptions(String)

    init(sources: [Substring]) {
        self = .frameAncestors(sources.joined(separator: " "))
    }

    /// As it was sent; of a policy, only this directive.
    var text: String {
        switch self {
        case .frameAncestors(let sources): "Content-Security-Policy: frame-ancestors \(sources)"
        case .xFrameOptions(let value): "X-Frame-Options: \(value)"
        }
    }
}
