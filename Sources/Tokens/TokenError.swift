/// Why a token is not accepted, in the order in which it is looked at.
public enum TokenError: Error, Equatable, Sendable, CaseIterable {
    /// Not three non-empty segments with dots between them (RFC 7515, section 7.1).
    case segments
    /// A segment is not canonical base64url.
    case encoding
    /// The header is not a JSON object, or an ambiguous one.
    case header
    /// `alg` is anything but the string `HS256`.
    case algorithm
    /// `typ` is not the one that belongs to this kind of token.
    case type
    /// The header demands extensions by `crit`; we have none (RFC 7515, section 4.1.11).
    case critical
    /// No key gives this signature.
    case signature
    /// The payload is not a JSON object, or an ambiguous one.
    case payload
}
