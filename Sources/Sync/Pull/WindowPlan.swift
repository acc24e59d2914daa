import DataAPI
import Replica

/// Decides which window a stream's pull opens, by what is known of the time.
enum WindowPlan: Hashable {
    /// This one.
    case open(StreamWindow)
    /// The window would end this long before it begins, by our clock, which may be wrong: Welkin's decides.
    case askTheTime(notDueFor: Duration)
    /// By Welkin's clock, everything up to now is in.
    case current
    /// By Welkin's clock, the window would end this long before it begins.
    case notDue(Duration)
    /// The cursor is this far ahead of Welkin's clock: nobody knows what it passed over. Everything is found anew.
    case cursorAhead(Duration, StreamWindow)

    /// Clocks may differ by so much without a consequence.
    static let tolerance = Duration.seconds(60)

    /// - Parameters:
    ///   - ours: the time by our clock.
    ///   - welkins: the time by Welkin's clock; nil where it is not known.
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
