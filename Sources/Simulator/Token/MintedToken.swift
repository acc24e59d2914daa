/// A launch token: a compact JWS (RFC 7515, section 7.1) over Welkin's claims, valid or invalid on
/// purpose.
///
/// This signer shares no code with the project's verifier, so that each checks the other.
package struct MintedToken: Sendable {
    /// The names that its header can have; the last only if something is critical.
    package static let headerNames = ["alg", "typ", "crit"]

    /// The header's bytes as they were signed.
    package let header: [UInt8]
    /// The payload's bytes as they were signed.
    package let payload: [UInt8]
    /// The token as it is sent.
    package let compact: String

    /// Signs `claims`.
    ///
    /// - Parameters:
    ///   - claims: the claims of an honest token
    ///   - secret: the client's, or another one for a token that must not verify
    ///   - flaws: the intended flaws
    ///   - now: seconds since 1970, for ``TokenFlaws/expiresIn``
    package init(
        claims: LaunchClaims, secret: SigningSecret, flaws: TokenFlaws = TokenFlaws(), now: Int
    ) {
        header = flaws.rawHeader ?? Array(Self.header(flaws).text.utf8)
        payload = flaws.rawPayload ?? Array(Self.payload(claims, flaws, now).text.utf8)
        let encode = flaws.encoding.encode
        let signed = encode(header) + "." + encode(payload)
        let signature = flaws.algorithm.sign(Array(signed.utf8), with: secret)
        compact = Self.damaged([header, payload, signature], flaws)
    }

    /// The body of the form that Welkin's page posts (`application/x-www-form-urlencoded`).
    package var form: String { "token=" + FormText.escape(compact) }

    private static func header(_ flaws: TokenFlaws) -> RawJSONObject {
        var object = RawJSONObject()
        object.append("alg", RawJSONObject.string(flaws.algorithm.label))
        object.append("typ", RawJSONObject.string(flaws.type))
        if !flaws.critical.isEmpty {
            let names = flaws.critical.map(RawJSONObject.string).joined(separator: ",")
            object.append("crit", "[\(names)]")
        }
        flaws.headers.forEach { object.set($0.name, $0.value) }
        flaws.withoutHeaders.forEach { object.remove($0) }
        return object
    }

    private static func payload(
        _ honest: LaunchClaims, _ flaws: TokenFlaws, _ now: Int
    ) -> RawJSONObject {
        var claims = honest
        if let issuer = flaws.issuer { claims.issuer = issuer }
        if let audience = flaws.audience { claims.audience = audience }
        if let seconds = flaws.expiresIn { claims.expiresAt = now + seconds }
        if let clientID = flaws.clientID { claims.clientID = clientID }
        var object = claims.object
        flaws.claims.forEach { object.set($0.name, $0.value) }
        flaws.withoutClaims.forEach { object.remove($0) }
        flaws.repeatedClaims.forEach { object.append($0.name, $0.value) }
        return object
    }

    /// The three segments as text, with the changes made after signing.
    private static func damaged(_ segments: [[UInt8]], _ flaws: TokenFlaws) -> String {
        var texts = zip(TokenFlaws.Segment.allCases, segments).map { name, bytes in
            if flaws.emptied.contains(name) { return "" }
            let tampered = flaws.tampered.contains(name)
            return flaws.encoding.encode(tampered ? Self.tamper(name, bytes) : bytes)
        }
        if flaws.dropsSignature { texts.removeLast() }
        if let extra = flaws.extraSegment { texts.append(extra) }
        return texts.joined(separator: ".")
    }

    /// Header and payload get a space before their last byte: the same JSON object in different bytes, which
    /// a verifier that signs its own rendering would not notice. The signature gets one bit flipped.
    private static func tamper(_ name: TokenFlaws.Segment, _ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        switch name {
        case .header, .payload: bytes.insert(UInt8(ascii: " "), at: max(0, bytes.count - 1))
        case .signature where bytes.isEmpty: bytes = [1]
        case .signature: bytes[0] ^= 1
        }
        return bytes
    }
}
