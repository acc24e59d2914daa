import DataAPI
import Replica

/// One window of a pull: where it begins and ends, and what is true of the stream after each page.
struct PullWindow: Hashable, Sendable {
    /// What is asked for.
    private(set) var window: StreamWindow
    /// Where to go on; nil for the window's beginning.
    private(set) var place: PageRequest?
    /// Where the stream stood before.
    let cursor: Instant?
    /// The newest time of a record that has come in.
    private var newest: Instant?
    /// When its walk began, by our clock; nil where an earlier run began it.
    private let begunAt: Instant?

    /// Whether an earlier run began it.
    var isResumed: Bool { begunAt == nil }

    /// Goes on with the window that an earlier run left open; nil where there is none.
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

    /// Takes in what a page tells of time and place. An empty page moves no place: that it names a next one proves
    /// nothing about what lies between.
    ///
    /// Where our clock is ahead of Welkin's, the window ends no later than the settle time before the page was
    /// asked for: the cursor must not pass what is still to come.
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

    /// What is true of the stream once the answer to `request` is in. The cursor moves at the window's end, and
    /// back only where everything was found anew.
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
            // Without what only Welkin can read: where that led astray, it would do so for ever.
            place = PageRequest(from: walked.request.from, to: walked.request.to)
        }
    }

    /// Up to where everything is in once the last page is.
    private func end(settle: Duration, now: Instant) -> Instant? {
        let reached = window.isUndated ? proven(settle: settle, now: now) : window.to
        guard let cursor, let reached else { return reached ?? cursor }
        // Back only where a clock was wrong, and not by the second to which dates are cut.
        if window.from == nil, cursor - reached > WindowPlan.tolerance { return reached }
        return max(reached, cursor)
    }

    /// How far the answers reach where they have no date and our clock may be wrong by any amount: the newest record
    /// is no younger than the walk's end, and so the time that the walk took older than its beginning. What came
    /// late meanwhile, behind the place of the walk, is the next one's.
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
