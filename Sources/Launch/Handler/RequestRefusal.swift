/// Why a request is answered with an error: what the log says, and what the one who asked is told.
struct RequestRefusal {
    /// The reason in the log and in the metrics.
    let reason: String
    /// `error` in the answer as JSON.
    let code: String

    /// - Parameter code: nil where who asked may know the reason itself.
    init(_ reason: String, code: String? = nil) {
        self.reason = reason
        self.code = code ?? reason
    }

    /// - Parameter code: what may be told instead of the reason.
    init(_ refusal: LaunchRefusal, code: String) { self.init(refusal.rawValue, code: code) }

    /// No App, launch or route of this deployment.
    static let notFound = RequestRefusal("not_found")
    static let method = RequestRefusal("method_not_allowed")
    static let contentType = RequestRefusal("content_type")
    static let tooLarge = RequestRefusal("too_large")
    static let body = RequestRefusal("body_malformed")
    /// `Origin` is missing, or another than the App's.
    static let origin = RequestRefusal("origin_refused")
}
