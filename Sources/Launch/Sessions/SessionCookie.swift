internal import Gateway

/// The session's cookie. Its path is the launch's own folder, so that two tabs on two patients can
/// never share a session: the browser keeps them apart.
enum SessionCookie {
    /// `__Secure-` makes browsers refuse it without `Secure` (RFC 6265bis, section 4.1.3.1).
    static let name = "__Secure-welkin"

    /// - Parameter maximumAge: seconds; 0 removes the cookie.
    static func header(_ token: String, path: String, maximumAge: Int64) -> Response.Header {
        // SameSite=None and Partitioned: the App is framed by a page of another site, and Chromium
        // keeps such a cookie only in a jar of that site's own (CHIPS).
        Response.Header(
            "Set-Cookie",
            "\(name)=\(token); Path=\(path); Max-Age=\(maximumAge); Secure; HttpOnly; SameSite=None; Partitioned")
    }
}
