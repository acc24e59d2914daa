/// What can be asked under `/a/APP/LAUNCH/data/`.
enum DataRoute: String, Sendable, CaseIterable {
    case context, patient, notes
    case placeCall = "calls/place"
    case schedule = "calls/schedule"
    case awaitCalls = "calls/await"
    case answerCall = "calls/answer"
    case declineCall = "calls/decline"

    /// The members that its body has, all of them.
    var members: Set<String> {
        switch self {
        case .context, .schedule: []
        case .patient: ["patient"]
        case .notes: ["key", "patient", "text"]
        case .placeCall: ["key", "patient", "phone_number"]
        case .awaitCalls: ["after"]
        case .answerCall, .declineCall: ["call"]
        }
    }
}
