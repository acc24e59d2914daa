package import DataAPI
package import Replica

/// Pulls streams into a replica, and verifies them.
///
/// Each stream has its own result, and none stops the others. When the flag is raised, the pages in
/// progress are committed first; when the task is cancelled, those that have arrived.
package struct SyncEngine: Sendable {
    let context: SyncContext

    /// - Parameters:
    ///   - source: observes its own request budget; all streams share it.
    ///   - now: the time of day.
    ///   - stop: ends streams in progress, and keeps the rest from beginning.
    ///   - onEvent: receives events, from any task; should return soon.
    package init(
        source: any PageSource, store: any ReplicaStore, settings: SyncSettings = SyncSettings(),
        now: @escaping @Sendable () -> Instant, stop: StopFlag = StopFlag(),
        onEvent: @escaping @Sendable (SyncEvent) -> Void = { _ in }
    ) {
        context = SyncContext(
            source: source, store: store, settings: settings, now: now, stop: stop, onEvent: onEvent)
    }
}

extension SyncEngine {
    /// Pulls what changed; records in the store how each stream's run ended.
    ///
    /// - Parameter jobs: how many streams to pull at once. At least 1.
    /// - Returns: the results, in the order of the streams.
    package func pull(_ streams: [SyncStream], from start: PullStart = .cursor, jobs: Int = 2) async -> [PullResult] {
        let allowance = RequestAllowance(context.settings.instantRequests)
        return await run(streams, jobs: jobs, notBegun: PullResult.notBegun) { stream in
            let result = await pull(stream, from: start, allowance)
            return (result, result.outcome)
        }
    }

    /// Fetches like ``pull(_:from:jobs:)`` and counts what it would change; writes nothing. One
    /// stream after the other.
    package func preview(_ streams: [SyncStream], from start: PullStart = .cursor) async -> [PullResult] {
        await run(streams, jobs: 1, notBegun: PullResult.notBegun) { stream in
            let result = await preview(stream, from: start)
            return (result, result.outcome)
        }
    }

    private func pull(_ stream: SyncStream, from start: PullStart, _ allowance: RequestAllowance) async -> PullResult {
        var pull = StreamPull(stream, context) { try await context.store.commit($0) }
        var search = InstantSearch(stream, context, allowance)
        var unfinished = 0
        let outcome = await outcome {
            try context.stop.check()
            try await pull.run(from: context.store.state(of: stream.id), start)
            unfinished = try await search.run()
            try await context.store.recordRun(.succeeded(at: context.now(), pull.counts + search.counts), of: stream.id)
        }
        if case .failed(let failure) = outcome {
            // The failure is reported even if the store cannot record it.
            try? await context.store.recordRun(.failed(at: context.now(), code: failure.code), of: stream.id)
        }
        context.onEvent(.ended(stream.id, outcome))
        return PullResult(
            stream: stream.id, outcome: outcome, counts: pull.counts + search.counts, pages: pull.pages + search.pages,
            unfinished: unfinished)
    }

    private func preview(_ stream: SyncStream, from start: PullStart) async -> PullResult {
        let store = context.store
        var pull = StreamPull(stream, context) { try await PagePreview.counts(of: $0, in: store) }
        let outcome = await outcome {
            try context.stop.check()
            try await context.store.beginComparison(of: stream.id)
            try await pull.run(from: context.store.state(of: stream.id), start)
        }
        try? await context.store.endComparison()
        context.onEvent(.ended(stream.id, outcome))
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
