import DataAPI
import Replica

extension SyncEngine {
    /// Compares streams with Welkin up to their cursors, one after the other, and confirms each
    /// difference by getting the record once more.
    ///
    /// - Parameters:
    ///   - repair: nil changes nothing.
    ///   - fingerprint: a keyed hash that stands for an id in events.
    /// - Returns: the results, in the order of the streams.
    package func verify(
        _ streams: [SyncStream], repair: Repair? = nil, fingerprint: @escaping @Sendable (String) -> String
    ) async -> [VerifyResult] {
        await run(streams, jobs: 1, notBegun: VerifyResult.notBegun) { stream in
            var verify = StreamVerify(stream, context, repair, fingerprint)
            let outcome = await outcome { try await verify.run() }
            try? await context.store.endComparison()
            context.onEvent(.ended(stream.id, outcome))
            var result = verify.result
            result.outcome = outcome
            return (result, outcome)
        }
    }
}
