internal import DataAPI
internal import Replica

/// Pulls one stream: takes in page after page, in one transaction with the place to go on from. Pages
/// that came while others were written are taken in together: when that fails nothing of them is in,
/// and they are asked for again.
struct StreamPull {
    let stream: SyncStream
    let source: any PageSource
    let stop: StopFlag
    let settings: SyncSettings
    let now: @Sendable () -> Instant
    let onEvent: @Sendable (SyncEvent) -> Void
    /// Takes in a page; the store does, or what only counts.
    let put: @Sendable (PageCommit) async throws -> CommitCounts

    private(set) var counts = CommitCounts()
    private(set) var pages = 0

    init(_ stream: SyncStream, _ engine: SyncEngine, put: @escaping @Sendable (PageCommit) async throws -> CommitCounts)
    {
        self.stream = stream
        source = engine.source
        stop = engine.stop
        settings = engine.settings
        now = engine.now
        onEvent = engine.onEvent
        self.put = put
    }

    /// Finishes the window that an earlier run left open, and then one up to now.
    ///
    /// - Returns: whether there was a window at all.
    mutating func run(from state: StreamState) async throws -> Bool {
        var state = state
        while true {
            switch PullWindow.plan(state, isWhole: stream.isFoundWhole, now: now(), settings: settings) {
            case .wait(let time):
                onEvent(.clockBehind(stream.id, time))
                return pages > 0
            case .pull(let window):
                state = try await pull(window)
                guard window.isResumed else { return true }
            }
        }
    }

    /// How far the clock may be ahead of Welkin's before somebody should look at it.
    private static let clockTolerance = Duration.seconds(60)

    private mutating func pull(_ window: PullWindow) async throws -> StreamState {
        var window = window
        onEvent(.began(stream.id, window: window.window, isResumed: window.isResumed))
        let walker = PageWalker(
            source: source, stream: stream, walk: PageWalk(settings), stop: stop, readAhead: settings.readAhead)
        var progress = WindowProgress(window)
        var state = StreamState()
        try await walker.run(from: window.request) { group in
            guard let last = group.last else { return }
            for askedAt in group.compactMap(\.page.askedAt) {
                let excess = window.cap(askedAt: askedAt, settle: settings.settle)
                if excess > Self.clockTolerance { onEvent(.clockAhead(stream.id, excess)) }
            }
            state = window.state(after: last.step, of: last.request)
            counts += try await put(
                PageCommit(
                    resource: stream.resource, filter: stream.filter, items: group.flatMap(\.page.items),
                    receivedAt: now(), next: state))
            pages += group.count
            let measure = group.map { progress.measure($0.page, $0.step, of: stream.resource) }
            let (position, fraction) = measure.last ?? (nil, nil)
            onEvent(
                .progress(stream.id, Progress(counts: counts, pages: pages, position: position, fraction: fraction)))
        }
        return state
    }
}
