import StrictJSON
import Tokens

/// The request to the token endpoint, and the meaning of its answer (RFC 7523).
struct TokenGrant: Sendable {
    /// Welkin's tokens are valid for one hour; so are our assertions.
    static let lifetime: Duration = .seconds(3600)
    /// A token is renewed this long before its end, or after nine tenths of a shorter life.
    private static let margin: Duration = .seconds(300)

    private let clientID: String
    private let audience: String
    private let scope: String
    private let signer: TokenSigner
    /// The name for the store: the same for the same client, secret, scopes and origin.
    let name: String

    init(_ settings: ClientSettings) {
        clientID = settings.clientID
        audience = "\(settings.origin)\(Call.tokenPath)"
        scope = settings.scopes.joined(separator: " ")
        let key = MACKey(settings.secret)
        signer = TokenSigner(type: "JWT", key: key)
        // Keyed by the secret itself, so that the name reveals nothing about it.
        let mac = key.derive("token store\n\(audience)\n\(clientID)\n\(scope)")
        name = String(decoding: Base64URL.encode(mac), as: UTF8.self)
    }

    func assertion(now: Instant) -> [UInt8] {
        var claims = JSONWriter()
        claims.object {
            $0.member("iss", clientID)
            $0.member("aud", audience)
            $0.member("exp", (now + Self.lifetime).microseconds / 1_000_000)
            $0.member("scope", scope)
        }
        return signer.sign(claims.bytes)
    }

    /// - Parameter askedAt: when the request was made; the token's lifetime begins there.
    func token(from answer: Answer, askedAt: Instant) throws(DataAPIError) -> AccessToken {
        if var error = DataAPIError(answer, now: askedAt) {
            if [.refused, .unauthorized, .forbidden].contains(error.code) {
                error = error.with(.credentialsRefused)
                if let date = answer.date, !(-60...60 ~= (date - askedAt).components.seconds) {
                    error.clockSkew = date - askedAt
                }
            }
            throw error
        }
        let document: JSONDocument
        do {
            document = try JSONDocument(parsing: answer.body, mode: .tolerant)
        } catch {
            throw DataAPIError(error.code == .truncated ? Page.Failure.truncated : .notJSON, answer)
        }
        guard let value = document.root["access_token"]?.utf8, !value.isEmpty,
            value.allSatisfy({ 0x21..<0x7F ~= $0 })
        else { throw DataAPIError(.noData, answer) }
        var life = Self.lifetime
        if let seconds = document.root["expires_in"].flatMap({ FieldValue($0).integer }), seconds > 0 {
            life = min(life, .seconds(seconds))
        }
        return AccessToken(value: Secret(value), renewAt: askedAt + (life - min(Self.margin, life / 10)))
    }
}
