import DataAPI
import Replica

/// Pulls one stream: commits page after page, in one transaction with the place to continue from. Pages
/// that arrived while others were written are committed together; if that fails, none of them is, and
/// they are requested again.
struct StreamPull {
    let stream: SyncStream
    let context: SyncContext
    /// Commits a page to the store, or only counts its changes.
    let put: @Sendable (PageCommit) async throws -> CommitCounts

    private(set) var counts = CommitCounts()
    private(set) var pages = 0
    /// How far our clock is behind Welkin's at least.
    private var behind = Duration.zero
    /// Whether an answer had no date.
    private var isUndated = false

    init(
        _ stream: SyncStream, _ context: SyncContext, put: @escaping @Sendable (PageCommit) async throws -> CommitCounts
    ) {
        self.stream = stream
        self.context = context
        self.put = put
    }

    private var settings: SyncSettings { context.settings }

    /// Finishes the window that an earlier run left open, and then one up to now.
    ///
    /// - Throws: ``StreamFailure/notDue(_:)`` if no such window exists; the open one is finished first.
    mutating func run(from state: StreamState, _ start: PullStart) async throws {
        var state = state
        // A full pull starts over: it includes what the open window would bring.
        if start != .full, let window = PullWindow(resuming: state) { state = try await pull(window) }
        let next = try await nextWindow(state, start)
        state = try await pull(next, state)
        // "Up to now" is by Welkin's clock, not by one that is behind.
        let again = start == .full ? start : .cursor
        if behind > Self.behindTolerance {
            if behind > WindowPlan.tolerance { context.onEvent(.clockBehind(stream.id, behind)) }
            _ = try await pull(plan(state, again, welkins: context.now() + behind), state)
        } else if isUndated {
            _ = try await pull(plan(state, again, ours: context.now() + Self.undatedReach), state)
        }
    }

    /// If further behind, the run continues up to Welkin's now. Dates are cut to seconds, and answers take time.
    private static let behindTolerance = Duration.seconds(5)

    /// How far behind our clock may be if no answer shows it. If further, Welkin considers its tokens expired.
    private static let undatedReach = Duration.seconds(2 * 86_400)

    /// The next window by our clock or, if that is impossible, by Welkin's.
    private func nextWindow(_ state: StreamState, _ start: PullStart) async throws -> WindowPlan {
        let plan = plan(state, start)
        guard case .askTheTime = plan else { return plan }
        try context.stop.check()
        let page = PageRequest(from: state.cursor, to: state.cursor, size: 1)
        guard let welkins = try await context.source.page(stream.find(page)).askedAt else {
            return self.plan(state, start, ours: context.now() + Self.undatedReach)
        }
        return self.plan(state, start, welkins: welkins)
    }

    private func plan(
        _ state: StreamState, _ start: PullStart, ours: Instant? = nil, welkins: Instant? = nil
    ) -> WindowPlan {
        WindowPlan.make(
            state, from: start, isWhole: stream.isFoundWhole, ours: ours ?? context.now(), welkins: welkins,
            settings: settings)
    }

    private mutating func pull(_ plan: WindowPlan, _ state: StreamState) async throws -> StreamState {
        switch plan {
        case .current: return state
        case .open(let window): return try await open(window, state)
        case .cursorAhead(let time, let window):
            context.onEvent(.cursorAhead(stream.id, time))
            return try await open(window, state)
        case .askTheTime(let time), .notDue(let time): throw StreamFailure.notDue(time)
        }
    }

    private mutating func open(_ window: StreamWindow, _ state: StreamState) async throws -> StreamState {
        var window = window
        if window.from == nil {
            // It meets everything that Welkin still has, so the rest of the quarantine can go at its end.
            window = StreamWindow(
                from: nil, to: window.to, overrules: window.overrules, mark: try await context.store.lastQuarantined())
        }
        return try await pull(PullWindow(window, cursor: state.cursor, now: context.now()))
    }

    private mutating func pull(_ window: PullWindow) async throws -> StreamState {
        do {
            return try await walk(window)
        } catch let other as OtherWindow {
            return try await pull(other.plan, StreamState(cursor: window.cursor))
        }
    }

    /// Thrown before anything is committed, if the first page shows that the window must be another one.
    private struct OtherWindow: Error { let plan: WindowPlan }

    private mutating func walk(_ window: PullWindow) async throws -> StreamState {
        var window = window
        context.onEvent(.began(stream.id, window: window.window, isResumed: window.isResumed))
        let walk = PageWalk(settings, of: stream.resource)
        let walker = PageWalker(
            source: context.source, stream: stream, walk: walk, stop: context.stop, now: context.now,
            readAhead: settings.readAhead)
        var progress = WindowProgress(window)
        var state: StreamState?
        let first = window.place.map(walk.resumed) ?? walk.first(window.window)
        try await walker.run(from: first) { group in
            guard let last = group.last else { return }
            if state == nil { try check(window, group[0].page) }
            take(group, &window)
            let next = window.state(after: last.step, settle: settings.settle, now: context.now())
            counts += try await put(commit(group, next, window.window))
            state = next
            pages += group.count
            let measure = group.map { progress.measure($0.page, $0.step, of: stream.resource) }
            let (position, fraction) = measure.last ?? (nil, nil)
            context.onEvent(
                .progress(stream.id, Progress(counts: counts, pages: pages, position: position, fraction: fraction)))
        }
        return state ?? StreamState(cursor: window.cursor)
    }

    /// Checks the window by Welkin's clock.
    private func check(_ window: PullWindow, _ page: Page) throws {
        guard let welkins = page.askedAt, window.window.from != nil else { return }
        let plan = plan(StreamState(cursor: window.cursor), .cursor, welkins: welkins)
        switch plan {
        case .cursorAhead: throw OtherWindow(plan: plan)
        // A window that an earlier run left open is finished anyway, and so is one that goes back further.
        case .notDue(let time) where !window.isResumed && welkins - settings.settle <= window.window.from!:
            throw StreamFailure.notDue(time)
        default: return
        }
    }

    private mutating func take(_ group: [WalkedPage], _ window: inout PullWindow) {
        for each in group {
            if let askedAt = each.page.askedAt {
                behind = max(behind, askedAt - context.now())
            } else if !isUndated {
                isUndated = true
                context.onEvent(.undated(stream.id))
            }
            let excess = window.take(each, of: stream.resource, settle: settings.settle)
            if excess > WindowPlan.tolerance { context.onEvent(.clockAhead(stream.id, excess)) }
            if case .around(let instant, _) = each.step { context.onEvent(.unfinished(stream.id, instant)) }
        }
    }

    private func commit(_ group: [WalkedPage], _ state: StreamState, _ window: StreamWindow) -> PageCommit {
        let instants = group.compactMap { walked -> InstantMark? in
            if case .around(let instant, _) = walked.step { .found(instant) } else { nil }
        }
        return PageCommit(
            resource: stream.resource, filter: stream.filter,
            parts: group.map { AskedItems($0.page.items, askedAt: $0.askedAt) }, receivedAt: context.now(), next: state,
            overrules: window.overrules, instants: instants,
            forgetsUpTo: state.window == nil ? window.mark : nil)
    }
}
