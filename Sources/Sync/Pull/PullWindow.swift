internal import DataAPI
internal import Replica

/// One window of a pull: where it begins and ends, and what is true of the stream after each page.
struct PullWindow: Hashable, Sendable {
    /// What is asked for.
    private(set) var window: StreamWindow
    /// The first page.
    let request: PageRequest
    /// Whether an earlier run began it.
    let isResumed: Bool
    /// Where the stream stood before.
    let cursor: Instant?

    enum Plan: Hashable, Sendable {
        case pull(PullWindow)
        /// The window would end before it begins: the clock stands this far before the cursor.
        case wait(Duration)
    }

    /// Goes on with the window that is open, or opens the next one.
    static func plan(
        _ state: StreamState, isWhole: Bool, now: Instant, settings: SyncSettings
    ) -> Plan {
        let walk = PageWalk(settings)
        if let window = state.window {
            // A place that cannot be read costs time, not records.
            let place = state.place.flatMap { PageRequest($0) }
            return .pull(
                PullWindow(
                    window: window, request: place.map(walk.resumed) ?? walk.first(window), isResumed: true,
                    cursor: state.cursor))
        }
        let to = now - settings.settle
        let from = isWhole ? nil : state.cursor.map { $0 - settings.overlap }
        if let from, to <= from { return .wait(from - to) }
        let window = StreamWindow(from: from, to: to)
        return .pull(
            PullWindow(window: window, request: walk.first(window), isResumed: false, cursor: state.cursor))
    }

    /// Lets the window end no later than the settle time before a page was asked for: where our clock
    /// is ahead of Welkin's, the cursor must not pass what is still to come.
    ///
    /// - Parameter askedAt: by Welkin's clock.
    /// - Returns: how much earlier it ends now.
    mutating func cap(askedAt: Instant, settle: Duration) -> Duration {
        let latest = askedAt - settle
        guard latest < window.to else { return .zero }
        defer { window = StreamWindow(from: window.from, to: latest) }
        return window.to - latest
    }

    /// What is true of the stream once the answer to `request` is in. The cursor moves at the
    /// window's end, and never back.
    func state(after step: PageWalk.Step, of request: PageRequest) -> StreamState {
        switch step {
        case .end: StreamState(cursor: max(window.to, cursor ?? window.to))
        case .next(let next): StreamState(cursor: cursor, window: window, place: next.description)
        case .failed:
            // Without what only Welkin can read: where that led astray, it would do so for ever.
            StreamState(
                cursor: cursor, window: window,
                place: PageRequest(from: request.from, to: request.to, size: request.size).description)
        }
    }
}
