import DataAPI
import Replica

extension SyncEngine {
    /// Runs several streams at once. A failure that would affect every other stream ends the run: streams in
    /// progress are cancelled, and the rest do not begin.
    ///
    /// - Parameters:
    ///   - notBegun: the result of a stream that does not begin.
    ///   - work: runs a stream; returns its result and outcome.
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

    /// The failure that ends a run, because it would affect every other stream; nil for any other outcome.
    private func runEnd(_ outcome: Outcome) async -> StreamFailure? {
        guard case .failed(.api(let error)) = outcome else { return nil }
        let failure = StreamFailure.api(error)
        // Without a token, nothing can be requested.
        if error.code == .credentialsRefused || error.resource == nil { return failure }
        guard error.code == .connection || error.code == .timedOut else { return nil }
        // One resource whose connection always breaks must not stop the others.
        return await context.source.isReachable() ? nil : failure
    }
}

extension PullResult {
    static func notBegun(_ stream: SyncStream) -> PullResult {
        PullResult(stream: stream.id, outcome: .notBegun, counts: CommitCounts(), pages: 0)
    }
}
