public import StrictJSON

/// A JSON Web Signature in compact form (RFC 7515), with a valid form: three canonical
/// segments and a header that asks for HS256. Its payload is inaccessible until the signature is
/// verified.
public struct CompactJWS: Sendable {
    /// The required `typ` of a token (RFC 7515, section 4.1.9).
    public enum ExpectedType: Sendable {
        /// Absent or `JWT`: tokens from outside.
        case jwtOrAbsent
        /// Exactly this: our own tokens, so that one kind is never mistaken for another.
        case exactly(String)
    }

    private let token: [UInt8]
    /// The end of `header.payload`, the signed bytes.
    private let signingInputEnd: Int
    private let payload: [UInt8]
    private let signature: [UInt8]

    /// - Throws: ``TokenError`` from `segments` to `critical`.
    public init(parsing token: [UInt8], type: ExpectedType) throws(TokenError) {
        let (first, second) = try Self.dots(in: token)
        guard let header = Base64URL.decode(token[..<first]),
            let payload = Base64URL.decode(token[(first + 1)..<second]),
            let signature = Base64URL.decode(token[(second + 1)...])
        else { throw .encoding }
        try Self.checkHeader(header, type)
        self.token = token
        self.signingInputEnd = second
        self.payload = payload
        self.signature = signature
    }

    /// The indices of the keys that give this signature: one, unless the same secret appears twice.
    /// Every key is tried, and each comparison takes constant time, so that the response time
    /// reveals nothing about the keys.
    public func verifyingKeys(among keys: [MACKey]) -> [Int] {
        keys.indices.filter { keys[$0].mac(token[..<signingInputEnd]).equals(signature) }
    }

    /// The claims, once a key has verified them.
    ///
    /// - Throws: `signature` when no key verifies it, else `payload`.
    public func claims(
        verifiedBy keys: [MACKey]
    ) throws(TokenError) -> (claims: JSONDocument, keys: [Int]) {
        let verifying = verifyingKeys(among: keys)
        guard !verifying.isEmpty else { throw .signature }
        guard let document = try? JSONDocument(parsing: payload, maximumDepth: 8),
            document.root.kind == .object
        else { throw .payload }
        return (document, verifying)
    }

    /// The signature's bytes, for detecting a repeated token.
    public var signatureBytes: [UInt8] { signature }

    private static func dots(in token: [UInt8]) throws(TokenError) -> (Int, Int) {
        let dot = UInt8(ascii: ".")
        guard let first = token.firstIndex(of: dot), let second = token[(first + 1)...].firstIndex(of: dot),
            !token[(second + 1)...].contains(dot), first > 0, second > first + 1, second < token.count - 1
        else { throw .segments }
        return (first, second)
    }

    private static func checkHeader(_ bytes: [UInt8], _ type: ExpectedType) throws(TokenError) {
        guard let header = try? JSONDocument(parsing: bytes, maximumDepth: 8).root,
            header.kind == .object
        else { throw .header }
        guard let algorithm = header["alg"], algorithm.equals("HS256") else { throw .algorithm }
        let typ = header["typ"]
        switch type {
        // RFC 7515, section 4.1.9: media types are case-insensitive.
        case .jwtOrAbsent:
            guard typ == nil || typ?.equals("JWT") == true || typ?.string?.lowercased() == "jwt" else { throw .type }
        case .exactly(let name): guard typ?.equals(name) == true else { throw .type }
        }
        guard header["crit"] == nil else { throw .critical }
    }
}
