import FoundationEssentials
import Records
import StrictJSON

/// The OAuth 2 client that may request access tokens.
package struct APIClient: Sendable {
    let id: String
    let secret: SigningSecret
    /// The scopes that it may request; nil for all.
    let scopes: Set<String>?

    package init(id: String, secret: SigningSecret, scopes: Set<String>? = nil) {
        self.id = id
        self.secret = secret
        self.scopes = scopes
    }
}

/// A request for an access token: the JWT bearer grant (RFC 7523), as Welkin documents it.
struct TokenRequest {
    private static let grantType = "urn:ietf:params:oauth:grant-type:jwt-bearer"
    private let grantType: String?
    private let assertion: String?

    /// Reads the body: a form, or a JSON object.
    init(_ body: [UInt8], isJSON: Bool) throws {
        if isJSON {
            guard let root = try? JSONDocument(parsing: body).root, root.kind == .object else {
                throw APIRefusal(.parse, "The body is not a JSON object.")
            }
            (grantType, assertion) = (root["grant_type"]?.string, root["assertion"]?.string)
        } else {
            guard let form = FormText.fields(String(decoding: body, as: UTF8.self)) else {
                throw APIRefusal(.parse, "The body is not a form.")
            }
            func value(_ name: String) -> String? { form.first { $0.name == name }?.value }
            (grantType, assertion) = (value("grant_type"), value("assertion"))
        }
    }

    /// The requested scopes, after verifying the assertion.
    ///
    /// - Parameters:
    ///   - audience: the URL of the token endpoint
    ///   - now: microseconds since 1970
    func scopes(client: APIClient, audience: String, now: Int64) throws -> Set<String> {
        guard grantType == Self.grantType else {
            throw APIRefusal(.badRequest, "grant_type is not \(Self.grantType).", parameter: "grant_type")
        }
        let claims = try claims(secret: client.secret)
        guard claims["iss"]?.string == client.id else { throw Self.refusal("iss is not a client's id") }
        guard claims["aud"]?.string == audience else { throw Self.refusal("aud is not \(audience)") }
        guard let end = Self.end(claims["exp"]) else { throw Self.refusal("exp is not a date-time") }
        guard now < end, end <= now + 2 * 3600 * .second else {
            throw Self.refusal("exp has passed, or is more than two hours ahead")
        }
        let scopes = Set((claims["scope"]?.string ?? "").split(separator: " ").map(String.init))
        guard !scopes.isEmpty else { throw Self.refusal("scope is empty") }
        if let allowed = client.scopes, let scope = scopes.subtracting(allowed).min() {
            throw APIRefusal(.forbidden, "This client may not have the scope \(scope).", parameter: "scope")
        }
        return scopes
    }

    /// The claims of the assertion, after verifying its signature.
    private func claims(secret: SigningSecret) throws -> JSONValue {
        let parts = (assertion ?? "").split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let header = Self.object(parts[0]), let signature = Self.bytes(parts[2]) else {
            throw Self.refusal("it is not a JWT")
        }
        guard header["alg"]?.string == "HS256" else { throw Self.refusal("alg is not HS256") }
        let signed = Array("\(parts[0]).\(parts[1])".utf8)
        guard SHA2.sha256.isCode(signature, of: signed, key: secret.bytes) else {
            throw Self.refusal("the signature is invalid")
        }
        guard let claims = Self.object(parts[1]) else { throw Self.refusal("its claims are not a JSON object") }
        return claims
    }

    private static func refusal(_ reason: String) -> APIRefusal {
        APIRefusal(.unauthorized, "The assertion is refused: \(reason).", parameter: "assertion")
    }

    /// `exp`: the documentation's prose requires an ISO date-time, its examples have seconds since 1970.
    private static func end(_ value: JSONValue?) -> Int64? {
        if let seconds = value?.integer { return seconds.multipliedReportingOverflow(by: .second).partialValue }
        return value?.string.flatMap { Instant($0)?.microseconds }
    }

    private static func object(_ segment: Substring) -> JSONValue? {
        bytes(segment).flatMap { try? JSONDocument(parsing: $0).root }.flatMap { $0.kind == .object ? $0 : nil }
    }

    private static func bytes(_ segment: Substring) -> [UInt8]? {
        let standard = segment.map { $0 == "-" ? "+" : $0 == "_" ? "/" : $0 }
        let padding = String(repeating: "=", count: (4 - standard.count % 4) % 4)
        return Data(base64Encoded: String(standard) + padding).map(Array.init)
    }
}
