import Records
import HTTPTypes
import Hummingbird

/// The resource and operation in a request's method and path.
struct APIPath: Equatable {
    /// The resource's name in the path.
    let resource: String
    /// The part after the name.
    let rest: String?

    /// Nil for a path that is not under `/v1/`.
    init?(_ path: String) {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 3 || parts.count == 4, parts[0].isEmpty, parts[1] == "v1" else { return nil }
        resource = String(parts[2])
        rest = parts.count == 4 ? String(parts[3]) : nil
    }

    /// The path without ids, for counting requests.
    var route: String {
        switch rest {
        case nil: "/v1/\(resource)"
        case "find", "upload": "/v1/\(resource)/\(rest ?? "")"
        default: "/v1/\(resource)/:id"
        }
    }

    /// The kind of operation; nil if no resource has such a request.
    func kind(_ method: HTTPRequest.Method) -> Operation.Kind? {
        switch (method, rest) {
        case (.get, nil): .find
        case (.get, _): .get
        case (.post, nil): .create
        case (.post, "find"): .findByPost
        case (.post, "upload"): .upload
        case (.put, .some): .update
        case (.delete, .some): .delete
        default: nil
        }
    }
}
