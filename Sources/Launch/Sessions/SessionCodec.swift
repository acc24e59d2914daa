internal import StrictJSON
internal import Tokens

/// Sessions as tokens and back.
struct SessionCodec: Sendable {
    let keys: SessionKeys

    /// - Parameter claims: ``Session/claims``.
    func token(for claims: [UInt8]) -> [UInt8] { keys.signer.sign(claims) }

    /// The session behind a token, if it is good for this App and launch now.
    func session(
        _ token: String, app: App, launch: LaunchID, now: Int64
    ) throws(SessionRefusal) -> Session {
        // Ours are under 450 bytes.
        guard token.utf8.count <= 1_024,
            let jws = try? CompactJWS(parsing: Array(token.utf8), type: .exactly(SessionKeys.type)),
            let claims = try? jws.claims(verifiedBy: keys.verifiers).claims.root,
            let session = Session(claims: claims)
        else { throw .invalid }
        try Self.check(session, app: app, launch: launch, now: now)
        return session
    }

    static func check(
        _ session: Session, app: App, launch: LaunchID, now: Int64
    ) throws(SessionRefusal) {
        guard session.app == app.name, session.launch == launch,
            app.provider == nil || app.provider == session.provider
        else { throw .foreign }
        // The maximum too, should it have been lowered since.
        guard now < session.expires, now < session.ends(app) else { throw .expired }
    }
}
