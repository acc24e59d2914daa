package import Gateway
import Platform

/// The session's cookie. Its path is the launch's own folder, so that the browser never lets two tabs
/// on two patients share a session.
package enum SessionCookie {
    /// `__Secure-` makes browsers refuse it without `Secure` (RFC 6265bis, section 4.1.3.1).
    package static let name = "__Secure-welkin"

    /// - Parameter maximumAge: seconds; 0 removes the cookie.
    package static func header(_ token: [UInt8], path: String, maximumAge: Int64) -> Response.Header {
        var value: [UInt8] = []
        value.reserveCapacity(token.count + 160)
        value.append(name)
        value.append("=")
        value += token
        value.append("; Path=")
        value.append(path)
        value.append("; Max-Age=")
        value.append(String(maximumAge))
        // SameSite=None and Partitioned: the App is framed by a page of another site, and Chromium
        // keeps its cookies only if they are partitioned by that site (CHIPS).
        value.append("; Secure; HttpOnly; SameSite=None; Partitioned")
        return Response.Header("Set-Cookie", checked: value)
    }
}
