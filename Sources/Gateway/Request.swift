/// One HTTP request as a gateway hands it over (RFC 3875), whatever the transport was.
///
/// It holds what this project reads and nothing else: a header that is not named here, such as
/// `Proxy`, cannot be used by accident.
package struct Request: Sendable {
    /// The method, as sent: `POST`.
    package var method: String
    /// The path that the client asked for, not decoded, without the query: `/launch`.
    package var path: String
    /// What follows the `?`, not decoded; empty when there is none.
    package var query: String
    /// The `Content-Type` header, with its parameters; nil when there is none.
    package var contentType: String?
    /// What was sent, or why it was not read.
    package var body: Body
    /// The `Cookie` header; nil when there is none, as with all that follow.
    package var cookie: String?
    /// The `Origin` header (RFC 6454, section 7): the page that the browser sends the request for.
    package var origin: String?
    /// The `Accept` header.
    package var accept: String?
    /// The `Authorization` header; a web server may keep it from CGI.
    package var authorization: String?
    /// `X-Welkin-Session`: a session that the page holds in memory.
    package var sessionHeader: String?
    /// Set by our own nginx site for `/_authorize`; see ``Authorization``.
    package var subrequest: Subrequest

    /// The request body, read as far as it was declared.
    package enum Body: Equatable, Sendable {
        case bytes([UInt8])
        /// No `CONTENT_LENGTH`.
        case undeclared
        /// `CONTENT_LENGTH` is no decimal number: negative, say.
        case invalidLength
        /// Declared or sent: more than ``Request/maximumBody``. It was not kept.
        case tooLarge
        /// Fewer or more bytes came than were declared, or the client went away.
        case lengthMismatch
    }

    /// What nginx adds when it asks whether a request may go on to an App's own back end.
    package struct Subrequest: Sendable {
        /// The method of the request that is asked about.
        package var originalMethod: String?
        /// APP and LAUNCH as nginx itself matched them in the path that it will pass on.
        package var app: String?
        /// LAUNCH, as nginx matched it.
        package var launch: String?

        /// None of them is there, but for a request to `/_authorize`.
        package init(originalMethod: String? = nil, app: String? = nil, launch: String? = nil) {
            self.originalMethod = originalMethod
            self.app = app
            self.launch = launch
        }
    }

    /// 64 KiB: many times what Welkin sends.
    package static let maximumBody = 65_536

    /// What is not given is not there: no header, no declared body.
    package init(
        method: String, path: String, query: String = "", contentType: String? = nil,
        body: Body = .undeclared, cookie: String? = nil, origin: String? = nil, accept: String? = nil,
        authorization: String? = nil, sessionHeader: String? = nil, subrequest: Subrequest = Subrequest()
    ) {
        self.method = method
        self.path = path
        self.query = query
        self.contentType = contentType
        self.body = body
        self.cookie = cookie
        self.origin = origin
        self.accept = accept
        self.authorization = authorization
        self.sessionHeader = sessionHeader
        self.subrequest = subrequest
    }
}
