/// The routes under `/a/APP/LAUNCH/data/` that write or concern calls. What a page reads comes from `welkin-worker serve`.
enum DataRoute: String, Sendable, CaseIterable {
    case notes
    /// The answer to a write with that key, if it was done: for a client that lost the answer.
    case written
    case placeCall = "calls/place"
    /// The worker's calls to a patient, to go on with.
    case placedCalls = "calls/placed"
    case awaitCalls = "calls/await"
    case answerCall = "calls/answer"
    case declineCall = "calls/decline"
    case endCall = "calls/end"
    case cancelCall = "calls/cancel"
    case recordOutcome = "calls/outcome"

    /// All members of its body.
    var members: Set<String> {
        switch self {
        case .placedCalls: ["patient"]
        case .notes: ["key", "patient", "text"]
        case .placeCall: ["key", "patient", "phone_number"]
        case .awaitCalls: ["after"]
        case .answerCall, .declineCall, .endCall: ["call"]
        case .written, .cancelCall: ["key"]
        case .recordOutcome: ["call", "outcome"]
        }
    }
}
