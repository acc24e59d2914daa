/// Why a token is refused, in the order of the checks.
public enum TokenError: Error, Equatable, Sendable, CaseIterable {
    /// Not three non-empty segments separated by dots (RFC 7515, section 7.1).
    case segments
    /// A segment is not canonical base64url.
    case encoding
    /// The header is not a JSON object, or is ambiguous.
    case header
    /// `alg` is anything but the string `HS256`.
    case algorithm
    /// `typ` is not that of this kind of token.
    case type
    /// The header requires extensions (`crit`); we support none (RFC 7515, section 4.1.11).
    case critical
    /// No key gives this signature.
    case signature
    /// The payload is not a JSON object, or is ambiguous.
    case payload
}
