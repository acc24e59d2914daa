/// Why a connection is dropped before a request is complete. The web server is at fault, or the peer is not one.
package enum ConnectionRefusal: String, Sendable, CaseIterable {
    // Requirements on a request's records.
    case version = "record_version"
    case type = "record_type_unknown"
    case order = "record_out_of_order"
    case role = "role_unsupported"
    case management = "management_record"
    case parameters = "parameters_malformed"
    case parametersTooLarge = "parameters_oversized"
    case bodyFragmented = "body_in_crumbs"
    case bodyEndless = "body_endless"
    case surplus = "bytes_after_request"
    // How the connection ended.
    case truncated = "record_truncated"
    case timedOut = "timed_out"
    case broken = "connection_broken"
    case unreadable = "unreadable"

    /// What the reason means and what to do about it, for the operator who finds it in the log.
    package var explanation: String {
        switch self {
        case .version: "not FastCGI 1.0"
        case .type: "not FastCGI 1.0: a record of an unknown type"
        case .order: "records in an invalid order"
        case .role: "not a responder request, which fastcgi_pass and auth_request both send"
        case .management:
            "a question about the handler itself (FCGI_GET_VALUES). No current web server sends one, and libfcgi's answer to a long one overflows its buffer"
        case .parameters: "name-value pairs with invalid lengths"
        case .parametersTooLarge: "more than 64 KiB of variables: does the web server pass on a huge header?"
        case .bodyFragmented: "a body that is small, but split into too many tiny records to keep"
        case .bodyEndless:
            "a body of more than 64 MiB: does the web server limit bodies? (Up to that size, the handler answers 413 when a body is too large)"
        case .surplus: "more than one request at once on a connection"
        case .truncated: "the web server closed the connection in the middle of a request: was it restarted?"
        case .timedOut: "the rest of a request did not arrive in time"
        case .broken: "the connection failed in the middle of a request"
        case .unreadable: "libfcgi rejected a request that the handler's own guard accepted: please report it"
        }
    }
}
