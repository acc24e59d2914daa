import Tokens

/// Why a launch was refused. The codes appear in the log and in the metrics, never in an answer.
package enum LaunchRefusal: String, Error, Sendable, CaseIterable {
    // The request, in the order of the checks.
    case method = "method_not_allowed"
    case contentType = "content_type"
    case lengthMissing = "length_missing"
    case lengthInvalid = "length_invalid"
    case lengthMismatch = "length_mismatch"
    case tooLarge = "too_large"
    case form = "form_malformed"
    case tokenInQuery = "token_in_query"
    case tokenMissing = "token_missing"
    case tokenRepeated = "token_repeated"
    case tokenTooLong = "token_too_long"
    // The token's form and signature.
    case segments = "token_segments"
    case encoding = "token_encoding"
    case header = "header_malformed"
    case algorithm = "algorithm_refused"
    case type = "type_refused"
    case critical = "critical_refused"
    case signature = "signature_mismatch"
    // The claims that Welkin signed.
    case claims = "claims_malformed"
    case client = "client_mismatch"
    case issuer = "issuer_mismatch"
    case audience = "audience_mismatch"
    case expired = "expired"
    case expiryTooFar = "expiry_too_far"
    case notYetValid = "not_yet_valid"
    case issuedInFuture = "issued_in_future"
    case worker = "worker_invalid"
    case providerMalformed = "provider_invalid"
    case provider = "provider_refused"
    case patient = "patient_invalid"
    case replayed = "token_replayed"
    // The handler itself.
    case settings = "settings_unusable"
    case state = "state_unavailable"

    /// What the reason means and what to do about it, for the operator who finds it in the log.
    package var explanation: String {
        switch self {
        case .method: "not a POST: somebody opened the App URL by hand"
        case .contentType: "not a form: Welkin sends application/x-www-form-urlencoded"
        case .lengthMissing: "no Content-Length: does the web server pass CONTENT_LENGTH?"
        case .lengthInvalid: "Content-Length is not a number: does the web server pass it unchanged?"
        case .lengthMismatch: "the body is not as long as declared: the browser disconnected, or a proxy truncated it"
        case .tooLarge: "the body is larger than 64 KiB: not from Welkin"
        case .form: "invalid percent escapes, or more than 64 fields: not from Welkin"
        case .tokenInQuery: "the token came in the URL, where logs keep it: it must be in the body"
        case .tokenMissing: "the form has no token"
        case .tokenRepeated: "the form has more than one token"
        case .tokenTooLong: "the token is longer than 8 KiB: not from Welkin"
        case .segments: "the token is not three parts separated by dots: was it truncated?"
        case .encoding: "a part of the token is not canonical base64url"
        case .header: "the token's header is not a JSON object, or is ambiguous"
        case .algorithm: "the token is not signed with HS256"
        case .type: "the token's typ is not JWT: perhaps it is one of our own tokens"
        case .critical: "the token requires extensions (crit) that are not supported"
        case .signature: "no live secret made this signature: is the secret correct, and was a new one added?"
        case .claims: "the claims are not a JSON object with a valid exp"
        case .client: "the client in the token is not the one whose secret signed it: are two secrets swapped?"
        case .issuer: "iss is not WELKIN_ISSUER"
        case .audience: "aud is not WELKIN_APP_URL: they must match exactly"
        case .expired: "the token has expired: an old page, or this machine's clock is ahead"
        case .expiryTooFar: "exp is over 10 minutes ahead: this machine's clock is behind, or it is not from Welkin"
        case .notYetValid: "nbf lies ahead: this machine's clock is behind"
        case .issuedInFuture: "iat lies ahead: this machine's clock is behind"
        case .worker: "welkin_worker_id is missing or invalid"
        case .providerMalformed: "welkin_provider_id is missing or invalid"
        case .provider: "the launch comes from a Welkin environment other than WELKIN_PROVIDER_ID"
        case .patient: "welkin_patient_id is present but invalid"
        case .replayed: "the token was used before: a page was reloaded, or somebody is replaying it"
        case .settings: "the settings are unusable: run welkin-launch check"
        case .state: "WELKIN_STATE_DIR cannot be written: is the disk full?"
        }
    }

    init(_ error: TokenError) {
        self =
            switch error {
            case .segments: .segments
            case .encoding: .encoding
            case .header: .header
            case .algorithm: .algorithm
            case .type: .type
            case .critical: .critical
            case .signature: .signature
            case .payload: .claims
            }
    }
}
