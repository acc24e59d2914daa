/// The ways in which a token can be wrong on purpose. A fresh value has none of them.
///
/// Everything up to ``encoding`` is in place before the token is signed, so that the signature is
/// right and exactly that one thing is wrong; what comes after is done to the signed token.
package struct TokenFlaws: Sendable, Equatable {
    /// One of the three segments.
    package enum Segment: String, Sendable, CaseIterable {
        case header, payload, signature
    }

    /// Another `iss`.
    package var issuer: String?
    /// Another `aud`.
    package var audience: String?
    /// Seconds from now to `exp`; negative for a token that has expired.
    package var expiresIn: Int?
    /// Another `welkin_oauth_client_id`.
    package var clientID: String?
    /// Claims with other values, or claims that Welkin does not send; values are raw JSON text.
    package var claims: [RawJSONObject.Member] = []
    /// Claims that are left out.
    package var withoutClaims: [String] = []
    /// Claims that come once more, at the end, with these values.
    package var repeatedClaims: [RawJSONObject.Member] = []

    /// The header's `alg`.
    package var algorithm = SigningAlgorithm("HS256")
    /// The header's `typ`.
    package var type = "JWT"
    /// Names for the header's `crit`, which is otherwise absent.
    package var critical: [String] = []
    /// Header parameters with other values, or new ones; values are raw JSON text.
    package var headers: [RawJSONObject.Member] = []
    /// Header parameters that are left out.
    package var withoutHeaders: [String] = []

    /// Bytes in place of the header; the header's other flaws then change nothing but how it is signed.
    package var rawHeader: [UInt8]?
    /// Bytes in place of the payload; the claims and their flaws then change nothing.
    package var rawPayload: [UInt8]?
    /// How the segments are written.
    package var encoding = SegmentEncoding.canonical

    /// Segments that are changed after signing, see ``MintedToken``.
    package var tampered: Set<Segment> = []
    /// Segments that are emptied after signing.
    package var emptied: Set<Segment> = []
    /// Leaves out the signature together with its dot.
    package var dropsSignature = false
    /// A fourth segment at the end.
    package var extraSegment: String?

    package init() {}
}
