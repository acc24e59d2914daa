extension Request {
    /// Builds the request from meta-variables: the one builder for CGI and FastCGI.
    ///
    /// - Parameter read: reads the body, given its declared length, which is at most
    ///   ``maximumBody``.
    package init(_ variables: RequestVariables, read: (_ length: Int) -> Body) {
        // REQUEST_URI is the path before any rewriting; RFC 3875 has SCRIPT_NAME and PATH_INFO
        // instead, decoded. Our paths need no encoding, so either works.
        let target = variables[.requestURI] ?? (variables[.scriptName] ?? "") + (variables[.pathInfo] ?? "")
        self.init(
            method: variables[.requestMethod] ?? "",
            path: Self.path(target),
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

    /// The path in a request's target, which may be a whole URL (RFC 9112, section 3.2.2).
    private static func path(_ target: String) -> String {
        let question = target.utf8.firstIndex(of: UInt8(ascii: "?")) ?? target.endIndex
        let address = target[..<question]
        guard target.utf8.first != UInt8(ascii: "/"),
            let scheme = ["http://", "https://"].first(where: { address.lowercased().hasPrefix($0) })
        else { return String(address) }
        let authority = address.utf8.dropFirst(scheme.utf8.count)
        return authority.firstIndex(of: UInt8(ascii: "/")).map { String(Substring(authority[$0...])) } ?? "/"
    }

    private static func body(declared: String?, read: (Int) -> Body) -> Body {
        guard let declared else { return .undeclared }
        guard declared.utf8.allSatisfy({ $0 &- UInt8(ascii: "0") < 10 }) else { return .invalidLength }
        // A number that does not fit an Int exceeds the limit too.
        guard let length = Int(declared), length <= maximumBody else { return .tooLarge }
        return read(length)
    }
}
