import Sessions

/// Why a request is answered with an error: what the log says, and what the one who asked is told.
struct RequestRefusal {
    /// What can be wrong with a request, whatever it wants.
    enum Problem: String {
        /// No App, launch or route of this deployment.
        case notFound = "not_found"
        case method = "method_not_allowed"
        case contentType = "content_type"
        case tooLarge = "too_large"
        case body = "body_malformed"
        /// `Origin` is missing, or another than the App's.
        case origin = "origin_refused"
    }

    /// The reason in the log and in the metrics.
    let reason: String
    /// `error` in the answer as JSON.
    let code: String

    /// Who asked may know the problem itself.
    init(_ problem: Problem) { (reason, code) = (problem.rawValue, problem.rawValue) }

    init(_ refusal: SessionRefusal) { (reason, code) = (refusal.rawValue, refusal.public) }

    /// - Parameter code: what may be told instead of the reason.
    init(_ refusal: LaunchRefusal, code: String) { (reason, self.code) = (refusal.rawValue, code) }
}
