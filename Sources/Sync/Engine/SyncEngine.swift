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
        await withTaskGroup(of: (Int, PullResult).self) { group in
            var results = [PullResult?](repeating: nil, count: streams.count)
            var running = 0
            for (index, stream) in streams.enumerated() {
                if running == max(jobs, 1), let (finished, result) = await group.next() {
                    results[finished] = result
                    running -= 1
                }
                group.addTask { (index, await pull(stream, from: start)) }
                running += 1
            }
            for await (finished, result) in group { results[finished] = result }
            return results.compactMap { $0 }
        }
    }

    /// Fetches like ``pull(_:from:jobs:)`` and counts what it would change; writes nothing. One
    /// stream after the other.
    public func preview(_ streams: [SyncStream], from start: PullStart = .cursor) async -> [PullResult] {
        var results: [PullResult] = []
        for stream in streams { results.append(await preview(stream, from: start)) }
        return results
    }

    private func pull(_ stream: SyncStream, from start: PullStart) async -> PullResult {
        var pull = StreamPull(stream, self) { try await store.commit($0) }
        let outcome = await outcome {
            try stop.check()
            let state = try await store.state(of: stream.id)
            let begin = start.apply(to: state)
            if begin != state { try await store.setState(begin, of: stream.id) }
            // Only then: what is forgotten must be on its way again.
            if start == .full { try await store.clearQuarantine(of: stream.id) }
            guard try await pull.run(from: begin) else { return }
            try await store.recordRun(.succeeded(at: now(), pull.counts), of: stream.id)
        }
        if case .failed(let failure) = outcome {
            // The failure is told all the same when the store cannot note it.
            try? await store.recordRun(.failed(at: now(), code: failure.code), of: stream.id)
        }
        return ended(stream, pull, outcome)
    }

    private func preview(_ stream: SyncStream, from start: PullStart) async -> PullResult {
        var pull = StreamPull(stream, self) { try await PagePreview.counts(of: $0, in: store) }
        let outcome = await outcome {
            try stop.check()
            try await store.beginComparison(of: stream.id)
            _ = try await pull.run(from: start.apply(to: store.state(of: stream.id)))
        }
        try? await store.endComparison()
        return ended(stream, pull, outcome)
    }

    private func ended(_ stream: SyncStream, _ pull: StreamPull, _ outcome: Outcome) -> PullResult {
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
