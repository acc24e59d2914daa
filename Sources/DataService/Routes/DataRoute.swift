/// The routes under `/a/APP/LAUNCH/data/`.
package enum DataRoute: String, Sendable, CaseIterable {
    /// The session's worker and patient: what the page shows first.
    case context
    /// A patient, with numbers and notes.
    case patient
    /// The calls of the worker's day.
    case schedule = "calls/schedule"
    /// Records by the fields that have an index.
    case find = "records/find"
    /// One record by its id.
    case get = "records/get"
    /// Waits for a change.
    case changes

    /// The members that its body must have.
    var required: Set<String> {
        switch self {
        case .context, .schedule: []
        case .patient: ["patient"]
        case .find: ["resource"]
        case .get: ["resource", "id"]
        case .changes: ["after"]
        }
    }

    /// The members that its body may have.
    var optional: Set<String> {
        switch self {
        case .context, .schedule, .patient, .get: []
        case .find: ["where", "order", "limit", "after"]
        case .changes: ["patient"]
        }
    }
}
