import FoundationEssentials
package import Platform

/// The App URL: the token's audience, and the target of the form.
package struct AppAddress: Sendable, Equatable {
    /// The URL as given: Welkin does not normalise it, but copies what it has on file.
    package let text: String
    /// The origin, as a browser computes it.
    package let place: Origin
    /// The path at that origin.
    package let path: String
    /// Scheme, host, and the port unless it is the scheme's default.
    package var origin: String { "\(place)" }

    /// - Throws: ``InvalidAppAddress`` unless the text is an `https` URL with a host; `http` is accepted for
    ///   this machine. User information, query and fragment are rejected.
    package init(_ text: String) throws(InvalidAppAddress) {
        guard let parts = URLComponents(string: text), let scheme = parts.scheme?.lowercased(),
            let host = parts.host?.lowercased(), !host.isEmpty
        else { throw InvalidAppAddress(text: text, reason: "it is not an absolute URL") }
        guard scheme == "https" || scheme == "http" else {
            throw InvalidAppAddress(text: text, reason: "its scheme is neither https nor http")
        }
        guard scheme == "https" || Loopback.contains(host: host) else {
            throw InvalidAppAddress(
                text: text, reason: "http is for localhost and this machine's other addresses only")
        }
        guard parts.user == nil, parts.password == nil, parts.query == nil, parts.fragment == nil else {
            throw InvalidAppAddress(text: text, reason: "it contains a user, a query or a fragment")
        }
        // It goes into a Content-Security-Policy, where a `;` would start a new directive: accept only a valid host
        // and port.
        guard let place = Origin.of(text) else {
            throw InvalidAppAddress(text: text, reason: "its host or port is invalid")
        }
        self.text = text
        self.place = place
        path = parts.percentEncodedPath
    }
}

/// Why a text is not a valid App URL.
package struct InvalidAppAddress: Error, Equatable, CustomStringConvertible {
    package let text: String
    package let reason: String

    package var description: String { "“\(text)” cannot be an App URL: \(reason)." }
}
