/// The results of a query, fetched in batches: memory stays constant for any number of results, and
/// no transaction stays open while the consumer works.
package struct StoredSequence<Element: Sendable>: AsyncSequence, Sendable {
    /// Thrown when a batch cannot be fetched.
    package typealias Failure = ReplicaError

    /// Fetches the elements after a given one, up to a limit.
    let fetch: @Sendable (Element?, Int) async throws(ReplicaError) -> [Element]

    /// Starts at the first element.
    package func makeAsyncIterator() -> Iterator { Iterator(fetch: fetch) }

    /// Holds one batch.
    package struct Iterator: AsyncIteratorProtocol {
        /// Large enough to make a query's fixed cost small, small enough to need little memory.
        private static var batchSize: Int { 500 }

        let fetch: @Sendable (Element?, Int) async throws(ReplicaError) -> [Element]
        private var batch: [Element] = []
        private var position = 0
        private var isLastBatch = false

        init(fetch: @escaping @Sendable (Element?, Int) async throws(ReplicaError) -> [Element]) {
            self.fetch = fetch
        }

        /// The next element; nil at the end.
        package mutating func next(
            isolation actor: isolated (any Actor)? = #isolation
        ) async throws(ReplicaError) -> Element? {
            if position == batch.count {
                guard !isLastBatch else { return nil }
                batch = try await fetch(batch.last, Self.batchSize)
                isLastBatch = batch.count < Self.batchSize
                position = 0
                guard !batch.isEmpty else { return nil }
            }
            position += 1
            return batch[position - 1]
        }
    }
}

extension ReplicaStore {
    /// Every live record of a resource, in id order.
    package func allRows(of resource: String, columns: [String] = []) -> StoredSequence<StoredRow> {
        StoredSequence { last, limit async throws(ReplicaError) in
            try await self.rows(of: resource, columns: columns, after: last?.id, limit: limit)
        }
    }

    /// The version of every live record of a stream, in id order.
    package func allVersions(of stream: StreamID) -> StoredSequence<StoredVersion> {
        StoredSequence { last, limit async throws(ReplicaError) in
            try await self.versions(of: stream, after: last?.id, limit: limit)
        }
    }

    /// Every quarantined record, oldest first.
    package func allQuarantined(of stream: StreamID? = nil) -> StoredSequence<QuarantinedRecord> {
        StoredSequence { last, limit async throws(ReplicaError) in
            try await self.quarantined(of: stream, after: last?.number, limit: limit)
        }
    }

    /// Every record that the comparison has not met, in id order.
    package func allUnseen() -> StoredSequence<StoredVersion> {
        StoredSequence { last, limit async throws(ReplicaError) in
            try await self.unseen(after: last?.id, limit: limit)
        }
    }
}
