import DataAPI
import Replica

/// One window of a pull: where it begins and ends, and the stream's state after each page.
struct PullWindow: Hashable, Sendable {
    /// The requested window.
    private(set) var window: StreamWindow
    /// Where to continue; nil for the window's beginning.
    private(set) var place: PageRequest?
    /// Where the stream stood before.
    let cursor: Instant?
    /// The newest time of a received record.
    private var newest: Instant?
    /// When its walk began, by our clock; nil if an earlier run began it.
    private let begunAt: Instant?

    /// Whether an earlier run began it.
    var isResumed: Bool { begunAt == nil }

    /// Resumes the window that an earlier run left open; nil if there is none.
    init?(resuming state: StreamState) {
        guard let window = state.window else { return nil }
        self.window = window
        // A place that cannot be read costs time, not records.
        place = state.place.flatMap { PageRequest($0) }
        cursor = state.cursor
        begunAt = nil
    }

    /// Opens a window.
    init(_ window: StreamWindow, cursor: Instant?, now: Instant) {
        self.window = window
        place = nil
        self.cursor = cursor
        begunAt = now
    }

    /// Updates time and place from a page. An empty page does not move the place: that it names a next page proves
    /// nothing about what lies between.
    ///
    /// If our clock is ahead of Welkin's, the window ends no later than the settle time before the page was
    /// requested, because the cursor must not pass what is still to come.
    ///
    /// - Returns: how much earlier the window ends now.
    mutating func take(_ walked: WalkedPage, of resource: Resource, settle: Duration) -> Duration {
        let page = walked.page
        if !page.items.isEmpty { move(walked) }
        if let latest = page.instants(of: resource.cursorField).max() { newest = max(latest, newest ?? latest) }
        guard let askedAt = page.askedAt else {
            window = window.ending(window.to, isUndated: true)
            return .zero
        }
        let latest = askedAt - settle
        guard latest < window.to else { return .zero }
        defer { window = window.ending(latest, isUndated: window.isUndated) }
        return window.to - latest
    }

    /// The stream's state once the page is committed. The cursor moves at the window's end, and backwards only if
    /// everything was found again.
    func state(after step: PageWalk.Step, settle: Duration, now: Instant) -> StreamState {
        switch step {
        case .end, .around(_, nil): StreamState(cursor: end(settle: settle, now: now))
        case .next, .around, .failed: StreamState(cursor: cursor, window: window, place: place?.description)
        }
    }

    private mutating func move(_ walked: WalkedPage) {
        switch walked.step {
        case .end: return
        case .next(let next), .around(_, let next?):
            place = PageRequest(from: next.from, to: next.to, further: next.further)
        case .around(_, nil): place = nil
        case .failed:
            // Without the parts that only Welkin can read: if they led astray, they would do so forever.
            place = PageRequest(from: walked.request.from, to: walked.request.to)
        }
    }

    /// Up to where everything is here once the last page is.
    private func end(settle: Duration, now: Instant) -> Instant? {
        let reached = window.isUndated ? proven(settle: settle, now: now) : window.to
        guard let cursor, let reached else { return reached ?? cursor }
        // Backwards only if a clock was wrong, and not by the second to which dates are cut.
        if window.from == nil, cursor - reached > WindowPlan.tolerance { return reached }
        return max(reached, cursor)
    }

    /// How far the answers reach if they have no date and our clock may be wrong by any amount. The newest record is
    /// no later than the walk's end; less the walk's duration, it is no later than the walk's beginning. The next
    /// walk brings what arrived late meanwhile, behind the place of this one.
    private func proven(settle: Duration, now: Instant) -> Instant? {
        guard let newest, let begunAt, now >= begunAt else { return nil }
        return min(newest, window.to) - settle - (now - begunAt)
    }
}

extension StreamWindow {
    fileprivate func ending(_ to: Instant, isUndated: Bool) -> StreamWindow {
        StreamWindow(from: from, to: to, overrules: overrules, isUndated: isUndated, mark: mark)
    }
}
