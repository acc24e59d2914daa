/// Why a request came to nothing. What it prints holds no address, no id and nothing that Welkin
/// wrote except codes: it may be logged.
public struct DataAPIError: Error, Sendable, Hashable {
    /// What went wrong, in one word.
    public var code: Code
    /// The resource's name; nil for the request for a token.
    public var resource: String?
    /// What was asked of it.
    public var operation: Operation.Kind?
    /// The answer's status, when there was an answer.
    public var status: Int?
    /// All that the answer lists.
    public var errors: [APIError] = []
    /// How long Welkin asks to wait.
    public var retryAfter: Duration?
    /// How often the request was sent.
    public var attempts = 0
    /// The parameters in question, by name.
    public var parameters: [String] = []
    /// The answer's media type, when that is not JSON.
    public var mediaType: String?
    /// What kept the network from bringing an answer.
    public var cause: NetworkProblem?
    /// Whether Welkin may have received the request; a write then may have been done.
    public var mayHaveBeenReceived = false
    /// How far the answer's clock is ahead of ours, where that may be why a token was refused.
    public var clockSkew: Duration?

    /// Everything but the code is empty at first.
    public init(_ code: Code) { self.code = code }

    /// Whether trying again soon may help.
    var isTransient: Bool { code.isTransient && cause?.isLasting != true }

    /// Whether there was no whole answer.
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
        // Found before anything was sent.

        /// The resource does not offer this operation.
        case operationNotOffered = "operation_not_offered"
        /// The operation does not offer these parameters, or one was given twice.
        case parameterNotOffered = "parameter_not_offered"
        /// The operation needs these parameters.
        case parameterMissing = "parameter_missing"
        /// An id that cannot stand in a path.
        case invalidID = "invalid_id"
        /// A body that is no JSON object.
        case invalidBody = "invalid_body"

        // Answers.

        /// The token endpoint refused client id, secret or scopes.
        case credentialsRefused = "credentials_refused"
        /// 401, with a new token too.
        case unauthorized
        /// 403: mostly a scope that is missing.
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
        /// A good status, but no JSON: a portal's or proxy's page, mostly.
        case notJSON = "not_json"
        /// JSON, but not of the shape that was to be expected.
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

        /// The next page is one that was there already.
        case stuck
        /// There is a next page, but no link to it is sound.
        case unclearLink = "unclear_link"
        /// Again and again an answer to another request.
        case wrongPage = "wrong_page"

        /// Whether trying again may help.
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
