/// Why a request failed. Its text has no address, no id and nothing that Welkin wrote except codes,
/// so it may be logged.
public struct DataAPIError: Error, Sendable, Hashable {
    /// The kind of failure.
    public var code: Code
    /// The resource's name; nil for the request for a token.
    public var resource: String?
    /// The requested operation.
    public var operation: Operation.Kind?
    /// The answer's status, if there was an answer.
    public var status: Int?
    /// All errors that the answer lists.
    public var errors: [APIError] = []
    /// How long Welkin asks to wait.
    public var retryAfter: Duration?
    /// How often the request was sent.
    public var attempts = 0
    /// The parameters in question, by name.
    public var parameters: [String] = []
    /// The answer's media type, if it is not JSON.
    public var mediaType: String?
    /// Why the network brought no answer.
    public var cause: NetworkProblem?
    /// Whether Welkin may have received the request; a write may then have been done.
    public var mayHaveBeenReceived = false
    /// How far the answer's clock is ahead of ours, if that may be why a token was refused.
    public var clockSkew: Duration?

    /// Everything except the code is empty at first.
    public init(_ code: Code) { self.code = code }

    /// Whether retrying soon may help.
    var isTransient: Bool { code.isTransient && cause?.isLasting != true }

    /// Whether there was no complete answer.
    var isOfNetwork: Bool { code == .connection || code == .timedOut }

    /// The same under another code.
    func with(_ code: Code) -> DataAPIError {
        var error = self
        error.code = code
        return error
    }
}

extension DataAPIError {
    /// The kinds of failure.
    public enum Code: String, Sendable, CaseIterable {
        // Detected before anything was sent.

        /// The resource does not offer this operation.
        case operationNotOffered = "operation_not_offered"
        /// The operation does not offer these parameters, or one was given twice.
        case parameterNotOffered = "parameter_not_offered"
        /// The operation needs these parameters.
        case parameterMissing = "parameter_missing"
        /// An id that cannot be in a path.
        case invalidID = "invalid_id"
        /// A body that is not a JSON object.
        case invalidBody = "invalid_body"

        // Answers.

        /// The token endpoint refused client id, secret or scopes.
        case credentialsRefused = "credentials_refused"
        /// 401, even with a new token.
        case unauthorized
        /// 403: mostly a missing scope.
        case forbidden
        /// 404
        case notFound = "not_found"
        /// Another 4xx.
        case refused
        /// 429
        case tooManyRequests = "too_many_requests"
        /// 5xx
        case serverError = "server_error"
        /// 3xx; redirects are not followed.
        case redirected
        /// A success status, but not JSON: mostly a page of a portal or proxy.
        case notJSON = "not_json"
        /// JSON, but not of the expected shape.
        case malformed
        /// The answer ended too early.
        case truncated
        /// The answer is larger than the limit.
        case tooLarge = "too_large"

        // The network.

        /// No answer, or not all of it, within the time limit.
        case timedOut = "timed_out"
        /// No connection, or it broke.
        case connection

        // Paging.

        /// The next page is one that has already come.
        case stuck
        /// A next page exists, but has no valid link.
        case unclearLink = "unclear_link"
        /// Repeatedly an answer to another request.
        case wrongPage = "wrong_page"

        /// Whether a retry may help.
        public var isTransient: Bool {
            switch self {
            case .tooManyRequests, .serverError, .truncated, .timedOut, .connection: true
            default: false
            }
        }
    }
}

extension DataAPIError: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// One line.
    public var description: String {
        var text = code.rawValue
        if let resource, let operation { text += " (\(operation.rawValue) \(resource))" }
        if let status { text += ", status \(status)" }
        if !errors.isEmpty { text += ", errors: \(errors.map(\.description).joined(separator: ", "))" }
        if !parameters.isEmpty { text += ": \(parameters.joined(separator: ", "))" }
        if let mediaType { text += ", answered with \(mediaType)" }
        if let cause { text += ": \(cause)" }
        if let clockSkew { text += ", the answer's clock is \(clockSkew.components.seconds) s ahead of ours" }
        if attempts > 1 { text += ", after \(attempts) attempts" }
        return text
    }

    /// As ``description``: debuggers and logs must not get more.
    public var debugDescription: String { description }

    /// Nothing.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
