import HTTPTypes
import Hummingbird
import StrictJSON

/// Why a data route refuses a request.
struct DataRefusal: Error, Sendable {
    let status: HTTPResponse.Status
    let error: String
    /// A sentence for the reader who can act on it: the worker, or (400, 401, 405, 415) the developer.
    var detail: String?
    var headers: HTTPFields = [:]

    /// - Parameter id: the reference that is also in nginx's access log
    func response(id: String?) -> Response {
        DataAnswer(status) { json in
            json.member("error", error)
            if let detail { json.member("detail", detail) }
            if let id { json.member("id", id) }
        }.response(headers)
    }

    static let noRoute = DataRefusal(
        status: .notFound, error: "not_found",
        detail: "Unknown route; known are \(DataRoute.allCases.map(\.rawValue).joined(separator: ", ")).")
    static let wrongMethod = DataRefusal(
        status: .methodNotAllowed, error: "method_not_allowed", detail: "Every data route takes POST.",
        headers: [.allow: "POST"])
    static let wrongType = DataRefusal(
        status: .unsupportedMediaType, error: "content_type", detail: "The body must be application/json.")
    static let tooLarge = DataRefusal(
        status: .contentTooLarge, error: "too_large", detail: "A body is limited to 64 KiB.")
    static let wrongHost = DataRefusal(
        status: .misdirectedRequest, error: "misdirected",
        detail: "The Host is neither this machine nor the App's; see --allow-remote.")

    static func badRequest(_ detail: String) -> DataRefusal {
        DataRefusal(status: .badRequest, error: "bad_request", detail: detail)
    }
    static func unauthorized(_ detail: String) -> DataRefusal {
        DataRefusal(status: .unauthorized, error: "unauthorized", detail: detail)
    }
    static func forbidden(_ detail: String) -> DataRefusal {
        DataRefusal(status: .forbidden, error: "forbidden", detail: detail)
    }
    static func refused(_ detail: String) -> DataRefusal {
        DataRefusal(status: .unprocessableContent, error: "refused", detail: detail)
    }

    static let patientMismatch = DataRefusal(
        status: .forbidden, error: "patient_mismatch", detail: "The App was opened for another patient.")
    static let noPatient = DataRefusal(
        status: .notFound, error: "not_found", detail: "This patient was not found.")
    static let keyReused = DataRefusal(
        status: .conflict, error: "key_reused", detail: "The key was used for something else.")
    static let callEnded = DataRefusal(
        status: .notFound, error: "not_found", detail: "The call has ended.")
    static let callTaken = DataRefusal(
        status: .conflict, error: "taken", detail: "The call was already answered or declined.")
    static let callNotAnswered = DataRefusal(
        status: .conflict, error: "not_answered", detail: "The call was not answered.")
    static let callSettled = DataRefusal(
        status: .conflict, error: "settled", detail: "The call's outcome is already on record.")
    static let notWritten = DataRefusal(
        status: .notFound, error: "not_written", detail: "Nothing was written with this key.")
    static let unavailable = DataRefusal(
        status: .serviceUnavailable, error: "unavailable", headers: [.retryAfter: "2"])
}
