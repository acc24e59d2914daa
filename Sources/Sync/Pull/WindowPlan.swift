package import DataAPI
import Replica

/// Decides which window a stream's pull opens, by what is known about the time.
enum WindowPlan: Hashable {
    /// This one.
    case open(StreamWindow)
    /// By our clock, which may be wrong, the window would end this long before it begins: Welkin's clock decides.
    case askTheTime(notDueFor: Duration)
    /// By Welkin's clock, everything up to now is here.
    case current
    /// By Welkin's clock, the window would end this long before it begins.
    case notDue(Duration)
    /// The cursor is this far ahead of Welkin's clock. It may have skipped records, so everything is found again.
    case cursorAhead(Duration, StreamWindow)

    /// How much clocks may differ without consequence.
    static let tolerance = Duration.seconds(60)

    /// - Parameters:
    ///   - ours: the time by our clock.
    ///   - welkins: the time by Welkin's clock; nil if unknown.
    static func make(
        _ state: StreamState, from start: PullStart, isWhole: Bool, ours: Instant, welkins: Instant?,
        settings: SyncSettings
    ) -> WindowPlan {
        let to = (welkins ?? ours) - settings.settle
        guard start != .full, !isWhole, let cursor = state.cursor else {
            return .open(StreamWindow(from: nil, to: to, overrules: start == .full))
        }
        if let welkins, cursor - welkins > tolerance {
            return .cursorAhead(cursor - welkins, StreamWindow(from: nil, to: to))
        }
        var begin = cursor
        if case .since(let instant) = start { begin = min(begin, instant) }
        let from = begin - settings.overlap
        guard to <= from else { return .open(StreamWindow(from: from, to: to)) }
        guard welkins != nil else { return .askTheTime(notDueFor: from - to) }
        return from - to > tolerance ? .notDue(from - to) : .current
    }
}

/// Where a pull begins.
package enum PullStart: Hashable, Sendable {
    /// Where the last one ended.
    case cursor
    /// At this instant, unless the stream's cursor is even further back. A window that is open is finished first.
    case since(Instant)
    /// At the beginning; Welkin's version wins, whatever is here.
    case full
}
