package import DataAPI

/// Where a pull begins.
package enum PullStart: Hashable, Sendable {
    /// Where the last one ended.
    case cursor
    /// Further back, at this instant, unless what was never pulled is further back still. A window that is open
    /// is finished first.
    case since(Instant)
    /// At the beginning; Welkin is right, whatever is here.
    case full
}
