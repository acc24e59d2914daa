package import Identifiers
package import Platform
import Sessions
import StrictJSON
import Tokens

/// The content of a launch token that passed every check.
package struct LaunchToken: Sendable {
    /// The worker who is logged in (`welkin_worker_id`).
    package let worker: WorkerID
    /// The Welkin environment (`welkin_provider_id`).
    package let provider: ProviderID
    /// Nil when the App was opened from outside a patient.
    package let patient: PatientID?
    /// The secret that verified it.
    package let secret: ClientSecret
    /// When it expires (`exp`).
    package let expires: UnixTime
    /// Distinguishes this token from every other one.
    package let signature: [UInt8]

    /// The longest accepted token, in bytes.
    package static let maximumLength = 8_192

    /// Welkin's tokens live 600 seconds; one that ends later is not Welkin's.
    static let maximumLifetime: Int64 = 600

    /// Verifies a token as Welkin signs it (Welkin's Apps Framework, "Authentication"); throws the
    /// first problem.
    package init(verifying token: [UInt8], for app: App, now: UnixTime) throws(LaunchRefusal) {
        guard token.count <= Self.maximumLength else { throw .tokenTooLong }
        let jws: CompactJWS
        let document: JSONDocument
        let keys: [Int]
        do {
            jws = try CompactJWS(parsing: token, type: .jwtOrAbsent)
            (document, keys) = try jws.claims(verifiedBy: app.keys)
        } catch { throw LaunchRefusal(error) }
        let claims = document.root
        // A NumericDate (RFC 7519, section 2) may have a fraction; one that is negative or after
        // the year 9999 is a mistake.
        guard let expires = Self.date(claims["exp"]) else { throw .claims }
        let notBefore = try Self.optionalDate(claims["nbf"])
        let issuedAt = try Self.optionalDate(claims["iat"])

        let client = claims["welkin_oauth_client_id"]?.string.flatMap { ClientID($0) }
        guard let secret = keys.map({ app.secrets[$0] }).first(where: { $0.client == client }) else { throw .client }
        guard claims["iss"]?.equals(app.issuer) == true else { throw .issuer }
        guard Self.isAudience(claims["aud"], app.url.text) else { throw .audience }
        guard now < expires + app.leeway else { throw .expired }
        guard expires <= now + Self.maximumLifetime + app.leeway else { throw .expiryTooFar }
        if let notBefore, notBefore > now + app.leeway { throw .notYetValid }
        if let issuedAt, issuedAt > now + app.leeway { throw .issuedInFuture }

        guard let worker = claims["welkin_worker_id"]?.string.flatMap({ WorkerID($0) }) else { throw .worker }
        guard let provider = claims["welkin_provider_id"]?.string.flatMap({ ProviderID($0) }) else {
            throw .providerMalformed
        }
        guard app.policy.provider == nil || app.policy.provider == provider else { throw .provider }
        var patient: PatientID?
        if let claim = claims["welkin_patient_id"], !claim.isNull {
            guard let id = claim.string.flatMap({ PatientID($0) }) else { throw .patient }
            patient = id
        }
        self.worker = worker
        self.provider = provider
        self.patient = patient
        self.secret = secret
        self.expires = expires
        self.signature = jws.signatureBytes
    }

    /// Whether a token is for this URL alone: a string, or a list with only that string (RFC 7519, section 4.1.3).
    /// Other recipients of a token could replay it.
    private static func isAudience(_ audience: JSONValue?, _ url: String) -> Bool {
        guard let audience, audience.kind == .array else { return audience?.equals(url) == true }
        var elements = audience.elements
        return elements.next()?.equals(url) == true && elements.next() == nil
    }

    /// A date in whole seconds, rounded down; nil when it is invalid.
    private static func date(_ value: JSONValue?) -> UnixTime? {
        guard let seconds = value?.double, (0...253_402_300_799).contains(seconds) else { return nil }
        return UnixTime(seconds: Int64(seconds))
    }

    private static func optionalDate(_ value: JSONValue?) throws(LaunchRefusal) -> UnixTime? {
        guard let value else { return nil }
        guard let date = date(value) else { throw .claims }
        return date
    }
}
