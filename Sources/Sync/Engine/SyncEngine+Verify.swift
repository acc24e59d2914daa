internal import DataAPI
internal import Replica

extension SyncEngine {
    /// Compares streams with Welkin up to their cursors, one after the other, and confirms each
    /// difference by getting the record once more.
    ///
    /// - Parameters:
    ///   - repair: nil changes nothing.
    ///   - fingerprint: stands for an id in events; a keyed hash of it.
    /// - Returns: the results, in the order of the streams.
    public func verify(
        _ streams: [SyncStream], repair: Repair? = nil, fingerprint: @escaping @Sendable (String) -> String
    ) async -> [VerifyResult] {
        await run(streams, jobs: 1, notBegun: VerifyResult.notBegun) { stream in
            var verify = StreamVerify(stream, self, repair, fingerprint)
            let outcome = await outcome { try await verify.run() }
            try? await store.endComparison()
            onEvent(.ended(stream.id, outcome))
            var result = verify.result
            result.outcome = outcome
            return (result, outcome)
        }
    }

    /// Looks at each item, several at once; keeps what the looks confirm, in order.
    func secondLooks<Item: Sendable, Finding: Sendable>(
        at items: [Item], look: @escaping @Sendable (Item) async throws -> Finding?
    ) async throws -> [Finding] {
        var findings: [Finding] = []
        let width = max(1, settings.secondLooks)
        for start in stride(from: 0, to: items.count, by: width) {
            let part = items[start..<min(start + width, items.count)]
            let looked = try await withThrowingTaskGroup(of: (Int, Finding?).self) { group in
                for index in part.indices { group.addTask { (index, try await look(part[index])) } }
                var looked: [(Int, Finding?)] = []
                for try await one in group { looked.append(one) }
                return looked
            }
            findings += looked.sorted { $0.0 < $1.0 }.compactMap(\.1)
        }
        return findings
    }
}
