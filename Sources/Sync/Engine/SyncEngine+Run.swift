import DataAPI
import Replica

extension SyncEngine {
    /// Runs streams, so many at once. What would fail for all the others as well ends the run: those that are
    /// under way are cancelled, and the rest does not begin.
    ///
    /// - Parameters:
    ///   - notBegun: the result of a stream that does not begin.
    ///   - work: a stream's run, with how it ended.
    /// - Returns: the results, in the order of the streams.
    func run<Result: Sendable>(
        _ streams: [SyncStream], jobs: Int, notBegun: (SyncStream) -> Result,
        _ work: @escaping @Sendable (SyncStream) async -> (Result, Outcome)
    ) async -> [Result] {
        await withTaskGroup(of: (Int, Result, end: StreamFailure?).self) { group in
            var results = streams.map(notBegun)
            var (next, running, hasEnded) = (0, 0, false)
            while true {
                while running < max(jobs, 1), next < streams.count, !hasEnded, !context.stop.isRaised, !Task.isCancelled
                {
                    let (index, stream) = (next, streams[next])
                    group.addTask {
                        let (result, outcome) = await work(stream)
                        return (index, result, await runEnd(outcome))
                    }
                    (next, running) = (next + 1, running + 1)
                }
                guard let (index, result, end) = await group.next() else { return results }
                results[index] = result
                running -= 1
                if let end, !hasEnded {
                    hasEnded = true
                    context.onEvent(.gaveUp(end))
                    group.cancelAll()
                }
            }
        }
    }

    /// The failure by which a run ends, since it would meet every other stream as well; nil for any other outcome.
    private func runEnd(_ outcome: Outcome) async -> StreamFailure? {
        guard case .failed(.api(let error)) = outcome else { return nil }
        let failure = StreamFailure.api(error)
        // Without a token nothing can be asked for.
        if error.code == .credentialsRefused || error.resource == nil { return failure }
        guard error.code == .connection || error.code == .timedOut else { return nil }
        // One resource that always breaks off must not keep the others from being asked for.
        return await context.source.isReachable() ? nil : failure
    }
}

extension PullResult {
    static func notBegun(_ stream: SyncStream) -> PullResult {
        PullResult(stream: stream.id, outcome: .notBegun, counts: CommitCounts(), pages: 0)
    }
}
