/// Why a request has no session. The page learns what it can act on (``public``); the log and the
/// metrics have the code itself.
package enum SessionRefusal: String, Error, Sendable, CaseIterable {
    /// No cookie and no header.
    case missing = "session_missing"
    /// Not a session token, or not signed by any of our keys.
    case invalid = "session_invalid"
    /// Correctly signed, but for another App, launch or Welkin environment.
    case foreign = "session_foreign"
    case expired = "session_expired"
    /// The worker ended it.
    case ended = "session_ended"
    /// The hand-off was changed or truncated, or is for another launch.
    case handoffInvalid = "handoff_invalid"
    case handoffExpired = "handoff_expired"
    case handoffUsed = "handoff_used"
    /// `WELKIN_HANDOFF=off`.
    case handoffDisabled = "handoff_disabled"

    /// What the reason means and what to do about it, for the operator who finds it in the log.
    package var explanation: String {
        switch self {
        case .missing:
            "no cookie and no header: the page was opened by hand, or the browser dropped the cookie and WELKIN_HANDOFF is off"
        case .invalid:
            "not one of our sessions: it was changed, or signed with a key that is no longer live, perhaps on another host"
        case .foreign: "correctly signed, but for another App, launch or Welkin environment"
        case .expired: "not renewed in time, or past its maximum duration"
        case .ended: "the worker ended it"
        case .handoffInvalid:
            "the hand-off was truncated, is for another launch, or was sealed with a key that is no longer live"
        case .handoffExpired: "the hand-off is older than 60 s"
        case .handoffUsed: "the hand-off was exchanged before: a page was reloaded, or somebody is replaying it"
        case .handoffDisabled: "WELKIN_HANDOFF is off"
        }
    }

    /// The code for the page: enough for a helpful message, nothing that helps an attacker.
    package var `public`: String {
        switch self {
        case .foreign: Self.invalid.rawValue
        case .handoffDisabled: Self.handoffInvalid.rawValue
        default: rawValue
        }
    }
}
