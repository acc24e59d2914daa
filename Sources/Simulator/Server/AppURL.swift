import FoundationEssentials

/// The URL that an App is launched at: the token's audience, and where the form is posted to.
package struct AppURL: Sendable, Equatable {
    /// The URL as it was given: Welkin compares nothing, it copies what it has on file.
    package let text: String
    /// Scheme, host, and the port where it is not the scheme's own: what a browser calls the origin.
    package let origin: String

    /// - Throws: ``InvalidAppURL`` unless the text is an `https` URL with a host; `http` will do for
    ///   `localhost` and `*.localhost`. Neither user information, query nor fragment is taken.
    package init(_ text: String) throws(InvalidAppURL) {
        guard let parts = URLComponents(string: text), let scheme = parts.scheme?.lowercased(),
            let host = parts.host?.lowercased(), !host.isEmpty
        else { throw InvalidAppURL(text: text, reason: "it is not an absolute URL") }
        guard scheme == "https" || scheme == "http" else {
            throw InvalidAppURL(text: text, reason: "its scheme is neither https nor http")
        }
        guard scheme == "https" || host == "localhost" || host.hasSuffix(".localhost") else {
            throw InvalidAppURL(text: text, reason: "http is for localhost and *.localhost only")
        }
        guard parts.user == nil, parts.password == nil, parts.query == nil, parts.fragment == nil else {
            throw InvalidAppURL(text: text, reason: "a user, a query or a fragment has no place in it")
        }
        // The origin goes into a Content-Security-Policy, where a `;` would begin a new directive.
        guard host.utf8.allSatisfy(Self.isHostByte) else {
            throw InvalidAppURL(text: text, reason: "its host has a character that no host has")
        }
        if let port = parts.port, !(1...65535).contains(port) {
            throw InvalidAppURL(text: text, reason: "its port is not one")
        }
        self.text = text
        let ownPort = scheme == "https" ? 443 : 80
        let port = parts.port.map { $0 == ownPort ? "" : ":\($0)" } ?? ""
        origin = "\(scheme)://\(host)\(port)"
    }

    private static func isHostByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
            UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
            // Only the brackets around an IPv6 address bring these.
            UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: ":"):
            true
        default: false
        }
    }
}

/// Why a text is no App URL.
package struct InvalidAppURL: Error, Equatable, CustomStringConvertible {
    package let text: String
    package let reason: String

    package var description: String { "“\(text)” cannot be an App URL: \(reason)." }
}
