import Identifiers
package import Platform
import StrictJSON
import Tokens

/// A report on one token that shows none of its content.
package struct TokenReport: Sendable {
    /// Nil when the token would launch the App.
    package let refusal: LaunchRefusal?
    private let verified: LaunchToken?
    private let app: App
    private let claims: [UInt8]?

    package init(token: [UInt8], app: App, now: UnixTime) {
        self.app = app
        do throws(LaunchRefusal) {
            verified = try LaunchToken(verifying: token, for: app, now: now)
            refusal = nil
        } catch {
            verified = nil
            refusal = error
        }
        claims = Self.verifiedClaims(token, app)
    }

    /// One JSON object: verdict, reason, and the id of the secret that verified the token.
    ///
    /// - Parameter showsClaims: adds the claims, which name a patient, if the signature is valid.
    package func json(showsClaims: Bool) -> [UInt8] {
        var writer = JSONWriter()
        writer.object {
            $0.member("verdict", refusal == nil ? "accepted" : "refused")
            $0.member("reason", refusal?.rawValue)
            $0.member("explanation", refusal?.explanation)
            $0.member("app", app.name.text)
            $0.member("secret", verified?.secret.shortID)
            if showsClaims, let claims { $0.member("claims", raw: claims) }
        }
        return writer.bytes
    }

    /// Claims that somebody else signed are not worth showing.
    private static func verifiedClaims(_ token: [UInt8], _ app: App) -> [UInt8]? {
        let jws = try? CompactJWS(parsing: token, type: .jwtOrAbsent)
        return try? jws?.claims(verifiedBy: app.keys).claims.bytes
    }
}
