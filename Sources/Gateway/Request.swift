/// One HTTP request as a gateway passes it on (RFC 3875), whatever the transport.
///
/// It contains only what this project reads: a header that is not listed here, such as `Proxy`,
/// cannot be used by accident.
package struct Request: Sendable {
    /// The method, as sent: `POST`.
    package var method: String
    /// The path that the client asked for, not decoded, without the query: `/launch`.
    package var path: String
    /// The part after the `?`, not decoded; empty when there is none.
    package var query: String
    /// The `Content-Type` header, with its parameters; nil when there is none.
    package var contentType: String?
    /// The body, or why it was not read.
    package var body: Body
    /// The `Cookie` header; nil when there is none, like all that follow.
    package var cookie: String?
    /// The `Origin` header (RFC 6454, section 7): the page that the browser sends the request for.
    package var origin: String?
    /// The `Accept` header.
    package var accept: String?
    /// The `Authorization` header; a web server may keep it from CGI.
    package var authorization: String?
    /// `X-Welkin-Session`: a session that the page keeps in memory.
    package var sessionHeader: String?
    /// Set by our own nginx site for `/_authorize`; see ``LaunchHandler/authorize(_:_:_:)``.
    package var subrequest: Subrequest

    /// The request body, read up to its declared length.
    package enum Body: Equatable, Sendable {
        case bytes([UInt8])
        /// No `CONTENT_LENGTH`.
        case undeclared
        /// `CONTENT_LENGTH` is not a decimal number, for example negative.
        case invalidLength
        /// More than ``Request/maximumBody`` was declared or sent. The body was discarded.
        case tooLarge
        /// Fewer or more bytes arrived than declared, or the client disconnected.
        case lengthMismatch
    }

    /// The variables that nginx adds when it asks whether to pass a request to an App's own back end.
    package struct Subrequest: Sendable {
        /// The method of the original request.
        package var originalMethod: String?
        /// APP, as nginx matched it in the path that it will pass on.
        package var app: String?
        /// LAUNCH, as nginx matched it.
        package var launch: String?

        /// All are nil, except in a request to `/_authorize`.
        package init(originalMethod: String? = nil, app: String? = nil, launch: String? = nil) {
            self.originalMethod = originalMethod
            self.app = app
            self.launch = launch
        }
    }

    /// 64 KiB: many times what Welkin sends.
    package static let maximumBody = 65_536

    /// Omitted arguments mean no header and no declared body.
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
