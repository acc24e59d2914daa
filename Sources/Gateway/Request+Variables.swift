extension Request {
    /// Builds the request from meta-variables: the one builder for CGI and FastCGI.
    ///
    /// - Parameter read: reads the body, given its declared length, which is at most
    ///   ``maximumBody``.
    public init(_ variables: RequestVariables, read: (_ length: Int) -> Body) {
        // REQUEST_URI is the path before any rewriting; SCRIPT_NAME and PATH_INFO are what RFC
        // 3875 has instead, decoded. Ours need no encoding, so either will do.
        let target = variables[.requestURI] ?? (variables[.scriptName] ?? "") + (variables[.pathInfo] ?? "")
        let question = target.utf8.firstIndex(of: UInt8(ascii: "?")) ?? target.endIndex
        self.init(
            method: variables[.requestMethod] ?? "",
            path: String(target[..<question]),
            query: variables[.queryString] ?? "",
            contentType: variables.header(.contentType),
            body: Self.body(declared: variables.header(.contentLength), read: read),
            cookie: variables.header(.cookie),
            origin: variables.header(.origin),
            accept: variables.header(.accept),
            authorization: variables.header(.authorization),
            sessionHeader: variables.header(.sessionHeader),
            subrequest: Subrequest(
                originalMethod: variables.header(.originalMethod),
                app: variables.header(.app), launch: variables.header(.launch)))
    }

    private static func body(declared: String?, read: (Int) -> Body) -> Body {
        guard let declared else { return .undeclared }
        guard declared.utf8.allSatisfy({ $0 &- UInt8(ascii: "0") < 10 }) else { return .invalidLength }
        // Digits that do not fit an Int are more than the limit too.
        guard let length = Int(declared), length <= maximumBody else { return .tooLarge }
        return read(length)
    }
}
