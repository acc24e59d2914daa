public import DataAPI
public import Replica

/// Pulls streams into a replica, and verifies them.
///
/// Each stream has its own result; none of them stops the others. When the flag is raised, the pages
/// that are on their way are taken in first; when the task is cancelled, those that have come.
public struct SyncEngine: Sendable {
    let source: any PageSource
    let store: any ReplicaStore
    let settings: SyncSettings
    let now: @Sendable () -> Instant
    let stop: StopFlag
    let onEvent: @Sendable (SyncEvent) -> Void

    /// - Parameters:
    ///   - source: keeps to its own request budget; all streams share it.
    ///   - now: the time of day.
    ///   - stop: ends what is under way, and keeps the rest from beginning.
    ///   - onEvent: is told what happens, from any task; should return soon.
    public init(
        source: any PageSource, store: any ReplicaStore, settings: SyncSettings = SyncSettings(),
        now: @escaping @Sendable () -> Instant, stop: StopFlag = StopFlag(),
        onEvent: @escaping @Sendable (SyncEvent) -> Void = { _ in }
    ) {
        self.source = source
        self.store = store
        self.settings = settings
        self.now = now
        self.stop = stop
        self.onEvent = onEvent
    }
}

extension SyncEngine {
    /// Pulls what changed; notes in the store how each stream's run ended.
    ///
    /// - Parameter jobs: how many streams are pulled at once. At least 1.
    /// - Returns: the results, in the order of the streams.
    public func pull(_ streams: [SyncStream], from start: PullStart = .cursor, jobs: Int = 2) async -> [PullResult] {
        let allowance = RequestAllowance(settings.instantRequests)
        return await run(streams, jobs: jobs, notBegun: PullResult.notBegun) { stream in
            let result = await pull(stream, from: start, allowance)
            return (result, result.outcome)
        }
    }

    /// Fetches like ``pull(_:from:jobs:)`` and counts what it would change; writes nothing. One
    /// stream after the other.
    public func preview(_ streams: [SyncStream], from start: PullStart = .cursor) async -> [PullResult] {
        await run(streams, jobs: 1, notBegun: PullResult.notBegun) { stream in
            let result = await preview(stream, from: start)
            return (result, result.outcome)
        }
    }

    private func pull(_ stream: SyncStream, from start: PullStart, _ allowance: RequestAllowance) async -> PullResult {
        var pull = StreamPull(stream, self) { try await store.commit($0) }
        var search = InstantSearch(stream, self, allowance)
        var unfinished = 0
        let outcome = await outcome {
            try stop.check()
            try await pull.run(from: store.state(of: stream.id), start)
            unfinished = try await search.run()
            try await store.recordRun(.succeeded(at: now(), pull.counts + search.counts), of: stream.id)
        }
        if case .failed(let failure) = outcome {
            // The failure is told all the same when the store cannot note it.
            try? await store.recordRun(.failed(at: now(), code: failure.code), of: stream.id)
        }
        onEvent(.ended(stream.id, outcome))
        return PullResult(
            stream: stream.id, outcome: outcome, counts: pull.counts + search.counts, pages: pull.pages + search.pages,
            unfinished: unfinished)
    }

    private func preview(_ stream: SyncStream, from start: PullStart) async -> PullResult {
        var pull = StreamPull(stream, self) { try await PagePreview.counts(of: $0, in: store) }
        let outcome = await outcome {
            try stop.check()
            try await store.beginComparison(of: stream.id)
            try await pull.run(from: store.state(of: stream.id), start)
        }
        try? await store.endComparison()
        onEvent(.ended(stream.id, outcome))
        return PullResult(stream: stream.id, outcome: outcome, counts: pull.counts, pages: pull.pages)
    }

    func outcome(of work: () async throws -> Void) async -> Outcome {
        do {
            try await work()
            return .done
        } catch {
            return Outcome(error)
        }
    }
}
