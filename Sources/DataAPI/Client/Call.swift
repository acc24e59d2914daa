/// One request, without its origin and its token.
struct Call: Sendable {
    let method: String
    /// Path and query.
    let target: String
    var headers: [(name: String, value: String)] = []
    var body: [UInt8]?
    /// Reads on where the answer is larger than the limit, and keeps its outline (``OversizedPage``).
    var outlinesOversized = false

    init(_ resource: Resource, _ kind: Operation.Kind, id: String? = nil, query: [Filter] = []) {
        method = kind.method
        target = resource.path(kind, id: id) + (query.isEmpty ? "" : "?\(query.query)")
    }

    /// The request for a token: a form (RFC 7523, section 2.1).
    init(token assertion: [UInt8]) {
        method = "POST"
        target = Self.tokenPath
        let grant = PercentEncoding.encode("urn:ietf:params:oauth:grant-type:jwt-bearer")
        body = Array("grant_type=\(grant)&assertion=".utf8) + assertion
        headers = [("content-type", "application/x-www-form-urlencoded")]
    }

    /// A request to test whether anything answers.
    static let root = Call(method: "GET", target: "/")

    private init(method: String, target: String) {
        self.method = method
        self.target = target
    }

    static let tokenPath = "/v1/token"

    func sending(json: [UInt8]) -> Call { sending(json, as: "application/json") }

    func sending(_ body: [UInt8], as type: String) -> Call {
        var call = self
        call.body = body
        call.headers.append(("content-type", type))
        return call
    }

    func authorized(by token: AccessToken) -> Call {
        var call = self
        call.headers.append(("authorization", "Bearer \(token.revealed)"))
        return call
    }
}
