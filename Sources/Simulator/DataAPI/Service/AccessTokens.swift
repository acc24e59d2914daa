/// The issued access tokens.
struct AccessTokens: Sendable {
    /// What a token allows.
    struct Grant: Sendable {
        let scopes: Set<String>
        /// Microseconds since 1970.
        let end: Int64

        func allows(_ scope: String) -> Bool { scopes.contains("all") || scopes.contains(scope) }
    }

    private var grants: [String: Grant] = [:]

    /// Issues a token, and forgets expired ones.
    mutating func issue(_ scopes: Set<String>, now: Int64, until end: Int64) -> String {
        grants = grants.filter { $0.value.end > now }
        var random = SystemRandomNumberGenerator()
        let words = (0..<4).map { _ in String(random.next() as UInt64, radix: 36) }
        let token = words.joined(separator: "")
        grants[token] = Grant(scopes: scopes, end: end)
        return token
    }

    /// The grant of an `Authorization` header.
    ///
    /// - Throws: an ``APIRefusal`` with 401 if the token is missing, unknown or expired.
    func grant(_ authorization: String?, now: Int64) throws -> Grant {
        guard let authorization, authorization.lowercased().hasPrefix("bearer ") else {
            throw APIRefusal(.unauthorized, "The bearer token is missing.")
        }
        guard let grant = grants[String(authorization.dropFirst(7))] else {
            throw APIRefusal(.unauthorized, "The access token is unknown or revoked.")
        }
        guard now < grant.end else { throw APIRefusal(.unauthorized, "The access token has expired.") }
        return grant
    }

    mutating func revokeAll() { grants = [:] }
}
