extension Request {
    /// Builds the request from CGI meta-variables (RFC 3875, section 4.1): the one builder for
    /// CGI and FastCGI.
    ///
    /// - Parameters:
    ///   - variable: the value of a meta-variable, nil when it is not set.
    ///   - read: reads the body, given its declared length, which is at most ``maximumBody``.
    public init(
        variable: (StaticString) -> String?, read: (_ length: Int) -> Body
    ) {
        // REQUEST_URI is the path before any rewriting; SCRIPT_NAME and PATH_INFO are what RFC
        // 3875 has instead, decoded. Ours need no encoding, so either will do.
        let target =
            variable("REQUEST_URI")
            ?? (variable("SCRIPT_NAME") ?? "") + (variable("PATH_INFO") ?? "")
        let question = target.utf8.firstIndex(of: UInt8(ascii: "?")) ?? target.endIndex
        self.init(
            method: variable("REQUEST_METHOD") ?? "",
            path: String(target[..<question]),
            query: variable("QUERY_STRING") ?? "",
            contentType: variable("CONTENT_TYPE").nonEmpty,
            body: Self.body(declared: variable("CONTENT_LENGTH").nonEmpty, read: read),
            cookie: variable("HTTP_COOKIE").nonEmpty,
            origin: variable("HTTP_ORIGIN").nonEmpty,
            accept: variable("HTTP_ACCEPT").nonEmpty,
            authorization: variable("HTTP_AUTHORIZATION").nonEmpty,
            sessionHeader: variable("HTTP_X_WELKIN_SESSION").nonEmpty,
            subrequest: Subrequest(
                originalMethod: variable("HTTP_X_ORIGINAL_METHOD").nonEmpty,
                app: variable("WELKIN_APP").nonEmpty, launch: variable("WELKIN_LAUNCH").nonEmpty))
    }

    private static func body(declared: String?, read: (Int) -> Body) -> Body {
        guard let declared else { return .undeclared }
        guard !declared.isEmpty, declared.utf8.allSatisfy({ $0 &- UInt8(ascii: "0") < 10 }) else {
            return .invalidLength
        }
        // Digits that do not fit an Int are more than the limit too.
        guard let length = Int(declared), length <= maximumBody else { return .tooLarge }
        return read(length)
    }
}

extension String? {
    /// Gateways pass a header that is not there as an empty variable.
    fileprivate var nonEmpty: String? { self?.isEmpty == true ? nil : self }
}
