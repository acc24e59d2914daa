/// Why there is no session for a request. The page is told what it can act on (``public``); the
/// log and the metrics have the code itself.
public enum SessionRefusal: String, Error, Sendable, CaseIterable {
    /// Neither cookie nor header.
    case missing = "session_missing"
    /// Not a session token, or one that none of our keys has signed.
    case invalid = "session_invalid"
    /// Rightly signed, but for another App, launch or Welkin environment.
    case foreign = "session_foreign"
    case expired = "session_expired"
    /// The worker has ended it.
    case ended = "session_ended"
    /// The hand-off was changed, cut, or is for another launch.
    case handoffInvalid = "handoff_invalid"
    case handoffExpired = "handoff_expired"
    case handoffUsed = "handoff_used"
    /// `WELKIN_HANDOFF=off`.
    case handoffDisabled = "handoff_disabled"

    /// What the page learns: enough to say the right thing, nothing for somebody who tries.
    var `public`: String {
        switch self {
        case .foreign: Self.invalid.rawValue
        case .handoffDisabled: Self.handoffInvalid.rawValue
        default: rawValue
        }
    }
}
