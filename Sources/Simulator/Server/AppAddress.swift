import FoundationEssentials
package import Platform

/// The URL that an App is launched at: the token's audience, and where the form is posted to.
package struct AppAddress: Sendable, Equatable {
    /// The URL as it was given: Welkin compares nothing, it copies what it has on file.
    package let text: String
    /// What a browser calls the origin.
    package let place: Origin
    /// Where it leads at that origin.
    package let path: String
    /// Scheme, host, and the port where it is not the scheme's own.
    package var origin: String { "\(place)" }

    /// - Throws: ``InvalidAppAddress`` unless the text is an `https` URL with a host; `http` will do for
    ///   this machine. Neither user information, query nor fragment is taken.
    package init(_ text: String) throws(InvalidAppAddress) {
        guard let parts = URLComponents(string: text), let scheme = parts.scheme?.lowercased(),
            let host = parts.host?.lowercased(), !host.isEmpty
        else { throw InvalidAppAddress(text: text, reason: "it is not an absolute URL") }
        guard scheme == "https" || scheme == "http" else {
            throw InvalidAppAddress(text: text, reason: "its scheme is neither https nor http")
        }
        guard scheme == "https" || Loopback.contains(host: host) else {
            throw InvalidAppAddress(
                text: text, reason: "http is for localhost and other addresses of this machine only")
        }
        guard parts.user == nil, parts.password == nil, parts.query == nil, parts.fragment == nil else {
            throw InvalidAppAddress(text: text, reason: "a user, a query or a fragment has no place in it")
        }
        // It goes into a Content-Security-Policy, where a `;` would begin a new directive: only what a host and a
        // port can be is taken.
        guard let place = Origin.of(text) else {
            throw InvalidAppAddress(text: text, reason: "its host or its port is none")
        }
        self.text = text
        self.place = place
        path = parts.percentEncodedPath
    }
}

/// Why a text is no App URL.
package struct InvalidAppAddress: Error, Equatable, CustomStringConvertible {
    package let text: String
    package let reason: String

    package var description: String { "“\(text)” cannot be an App URL: \(reason)." }
}
