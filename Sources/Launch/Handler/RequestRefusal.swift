import Sessions

/// Why a request gets an error: the reason for the log and the code for the client.
struct RequestRefusal {
    /// A problem that a request to any route can have.
    enum Problem: String {
        /// No App, launch or route of this deployment.
        case notFound = "not_found"
        case method = "method_not_allowed"
        case contentType = "content_type"
        case tooLarge = "too_large"
        case body = "body_malformed"
        /// `Origin` is missing, or is not the App's.
        case origin = "origin_refused"
    }

    /// The reason in the log and in the metrics.
    let reason: String
    /// `error` in the answer as JSON.
    let code: String

    /// For problems that the client may know.
    init(_ problem: Problem) { (reason, code) = (problem.rawValue, problem.rawValue) }

    init(_ refusal: SessionRefusal) { (reason, code) = (refusal.rawValue, refusal.public) }

    /// - Parameter code: what the client sees instead of the reason.
    init(_ refusal: LaunchRefusal, code: String) { (reason, self.code) = (refusal.rawValue, code) }
}
