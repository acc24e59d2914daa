package import DataAPI

/// Where a pull begins.
package enum PullStart: Hashable, Sendable {
    /// Where the last one ended.
    case cursor
    /// At this instant, unless the stream's cursor is even further back. A window that is open is finished first.
    case since(Instant)
    /// At the beginning; Welkin's version wins, whatever is here.
    case full
}
