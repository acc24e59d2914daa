import Identifiers
package import Platform
import StrictJSON
package import Tokens

/// Passes the session to a page whose browser drops the cookie: sealed, in the fragment of the
/// redirect, valid for one launch and for one minute.
package struct Handoff: Sendable {
    /// Long enough for the redirect on a slow connection, in seconds.
    static let lifetime: Int64 = 60

    let keys: SessionKeys

    package init(keys: SessionKeys) { self.keys = keys }

    /// Eight bytes of expiry, then the session's claims, sealed for this App and launch.
    ///
    /// - Parameter claims: ``Session/claims`` of the session.
    package func seal(_ session: Session, claims: [UInt8], now: UnixTime, random: inout RandomSupply) -> [UInt8] {
        let expiry = (now + Self.lifetime).seconds.bigEndian
        let message = unsafe withUnsafeBytes(of: expiry) { unsafe Array($0) } + claims
        let context = Self.context(session.app, session.launch)
        return Base64URL.encode(keys.sealers[0].seal(message, context: context, random: &random))
    }

    /// The session in a hand-off, and when the hand-off expires.
    package func open(
        _ text: String, policy: SessionPolicy, launch: LaunchID, now: UnixTime
    ) throws(SessionRefusal) -> (session: Session, expires: UnixTime) {
        let context = Self.context(policy.app, launch)
        guard text.utf8.count <= 2_048, let box = Base64URL.decode(Array(text.utf8)[...]),
            let message = keys.sealers.lazy.compactMap({ $0.open(box, context: context) }).first,
            message.count > 8, let claims = try? JSONDocument(parsing: Array(message[8...])),
            let session = Session(claims: claims.root)
        else { throw .handoffInvalid }
        let expires = UnixTime(seconds: message[..<8].reduce(Int64(0)) { $0 << 8 | Int64($1) })
        guard now < expires else { throw .handoffExpired }
        try SessionCodec.check(session, policy: policy, launch: launch, now: now)
        return (session, expires)
    }

    private static func context(_ app: AppName, _ launch: LaunchID) -> [UInt8] {
        // Neither part can contain a slash, so two different pairs never give the same bytes.
        Array("handoff/\(app.text)/\(launch.text)".utf8)
    }
}
