import Gateway
import Sessions

/// Why the service refuses a request: what the page gets, and the code for log, metrics and audit.
package struct DataRefusal: Error, Sendable, Equatable {
    /// The status code.
    package let status: Int
    /// `error` in the answer: one word of a closed set, which never depends on a record.
    package let code: String
    /// A sentence for whoever can act on it: the developer of the page, or the worker.
    package let detail: String?
    /// Headers besides those of every answer.
    let headers: [Response.Header]
    /// The code in log and metrics, where that tells more than the page may know.
    let reason: String

    init(_ status: Int, _ code: String, _ detail: String? = nil, headers: [Response.Header] = [], reason: String? = nil)
    {
        self.status = status
        self.code = code
        self.detail = detail
        self.headers = headers
        self.reason = reason ?? code
    }

    // The request

    static let noRoute = DataRefusal(
        404, "not_found", "Unknown route; known are \(DataRoute.allCases.map(\.rawValue).joined(separator: ", ")).",
        reason: "no_route")
    static let wrongMethod = DataRefusal(
        405, "method_not_allowed", "Every data route takes POST.", headers: [Response.Header("Allow", "POST")])
    static let wrongType = DataRefusal(415, "content_type", "The body must be application/json.")
    static let tooLarge = DataRefusal(413, "too_large", "A body is limited to 64 KiB.")
    static let wrongOrigin = DataRefusal(403, "origin_refused", "Only the App's own page may ask.")

    static func badRequest(_ detail: String) -> DataRefusal { DataRefusal(400, "bad_request", detail) }

    static func tooMany(retryAfter seconds: Int) -> DataRefusal {
        DataRefusal(
            429, "too_many_requests", "This page asks too often.",
            headers: [Response.Header("Retry-After", "\(seconds)")])
    }

    // The session

    init(_ refusal: SessionRefusal) {
        self.init(401, refusal.public, reason: refusal.rawValue)
    }

    static let otherProvider = DataRefusal(
        403, "other_provider", "The session is of another Welkin environment than the data.")
    static let inactiveWorker = DataRefusal(
        403, "worker_inactive", "This worker is deactivated in Welkin.")

    // What the session may reach

    static let otherPatient = DataRefusal(403, "patient_mismatch", "The App was opened for another patient.")
    /// The same for patients that Welkin does not have.
    static let unreachablePatient = DataRefusal(
        403, "patient_not_assigned", "This worker has no such patient.")
    static let notReadable = DataRefusal(
        403, "not_readable", "The operator does not let this App read that; see WELKIN_READABLE.")
    static let noSchedule = DataRefusal(403, "no_schedule", "This session gets no schedule.")
    /// The same for records that are not there and records that are somebody else's.
    static let noRecord = DataRefusal(404, "no_record", "This session has no such record.")

    // The service

    static let unavailable = DataRefusal(503, "unavailable", headers: [Response.Header("Retry-After", "2")])

    static func unavailable(_ reason: String) -> DataRefusal {
        DataRefusal(503, "unavailable", headers: [Response.Header("Retry-After", "2")], reason: reason)
    }
}
