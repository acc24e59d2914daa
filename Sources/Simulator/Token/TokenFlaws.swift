/// The ways in which a token can be invalid on purpose. A new value has no flaws.
///
/// Flaws up to ``encoding`` are added before signing, so that the signature is valid and only the flaw is
/// not; later ones change the signed token.
package struct TokenFlaws: Sendable, Equatable {
    /// One of the three segments.
    package enum Segment: String, Sendable, CaseIterable {
        case header, payload, signature
    }

    /// A different `iss`.
    package var issuer: String?
    /// A different `aud`.
    package var audience: String?
    /// Seconds from now to `exp`; negative for a token that has expired.
    package var expiresIn: Int?
    /// A different `welkin_oauth_client_id`.
    package var clientID: String?
    /// Claims with other values, or claims that Welkin does not send; values are raw JSON text.
    package var claims: [RawJSONObject.Member] = []
    /// Claims to omit.
    package var withoutClaims: [String] = []
    /// Claims repeated at the end, with these values.
    package var repeatedClaims: [RawJSONObject.Member] = []

    /// The header's `alg`.
    package var algorithm = SigningAlgorithm("HS256")
    /// The header's `typ`.
    package var type = "JWT"
    /// Names for the header's `crit`, which is otherwise absent.
    package var critical: [String] = []
    /// Header parameters with other values, or new ones; values are raw JSON text.
    package var headers: [RawJSONObject.Member] = []
    /// Header parameters to omit.
    package var withoutHeaders: [String] = []

    /// Bytes in place of the header; the header's other flaws then affect only the signing.
    package var rawHeader: [UInt8]?
    /// Bytes in place of the payload; the claims and their flaws then have no effect.
    package var rawPayload: [UInt8]?
    /// The segments' encoding.
    package var encoding = SegmentEncoding.canonical

    /// Segments to change after signing; see ``MintedToken``.
    package var tampered: Set<Segment> = []
    /// Segments to empty after signing.
    package var emptied: Set<Segment> = []
    /// Omits the signature and its dot.
    package var dropsSignature = false
    /// A fourth segment at the end.
    package var extraSegment: String?

    package init() {}
}
