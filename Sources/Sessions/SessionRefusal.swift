/// Why there is no session for a request. The page is told what it can act on (``public``); the
/// log and the metrics have the code itself.
package enum SessionRefusal: String, Error, Sendable, CaseIterable {
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

    /// What the page learns: enough to say the right thing, nothing for somebody who tries.
    package var `public`: String {
        switch self {
        case .foreign: Self.invalid.rawValue
        case .handoffDisabled: Self.handoffInvalid.rawValue
        default: rawValue
        }
    }
}
