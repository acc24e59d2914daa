package import Platform
import StrictJSON
import Tokens

/// Converts sessions to tokens and back.
package struct SessionCodec: Sendable {
    let keys: SessionKeys

    package init(keys: SessionKeys) { self.keys = keys }

    /// - Parameter claims: ``Session/claims``.
    package func token(for claims: [UInt8]) -> [UInt8] { keys.signer.sign(claims) }

    /// The session in a token, if it is valid for this App and launch now.
    package func session(
        _ token: String, policy: SessionPolicy, launch: LaunchID, now: UnixTime
    ) throws(SessionRefusal) -> Session {
        // Ours are under 450 bytes.
        guard token.utf8.count <= 1_024,
            let jws = try? CompactJWS(parsing: Array(token.utf8), type: .exactly(SessionKeys.type)),
            let claims = try? jws.claims(verifiedBy: keys.verifiers).claims.root,
            let session = Session(claims: claims)
        else { throw .invalid }
        try Self.check(session, policy: policy, launch: launch, now: now)
        return session
    }

    static func check(
        _ session: Session, policy: SessionPolicy, launch: LaunchID, now: UnixTime
    ) throws(SessionRefusal) {
        guard session.app == policy.app, session.launch == launch,
            policy.provider == nil || policy.provider == session.provider
        else { throw .foreign }
        // The maximum too, because it may have been lowered since.
        guard now < session.expires, now < session.ends(policy) else { throw .expired }
    }
}
