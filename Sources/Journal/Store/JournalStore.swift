package import Records

/// What only this host knows and cannot fetch again; at present, the audit.
///
/// Every implementation has the same tables with the same columns, and passes the same contract tests. Several
/// processes may use one journal at a time.
package protocol JournalStore: Sendable {
    /// Runs `work` on the journal's own thread, and returns once what it has added is committed. All that waits when the
    /// thread becomes free shares one transaction.
    ///
    /// `work` may use other connections there, such as a reader of the replica, so that an answer and its audit cost
    /// one hop. It must not block otherwise: others wait behind it. If it throws, nothing of it is kept, and the others'
    /// work is. A cancelled task does not interrupt it.
    ///
    /// - Throws: ``JournalError`` if the journal fails, in which case nothing was kept; otherwise what `work` throws.
    func perform<Answer: Sendable>(
        _ durability: Durability, _ work: @escaping @Sendable (any JournalTransaction) throws -> Answer
    ) async throws -> Answer

    /// The next audit entries that match, in order of time; fewer than `limit` at the end.
    ///
    /// - Parameter last: the last entry of the page before; nil for the first page.
    func entries(
        _ query: AuditQuery, after last: StoredAuditEntry?, limit: Int
    ) async throws(JournalError) -> [StoredAuditEntry]

    /// Removes the oldest audit entries that are older than this, at most `limit` of them; returns how many.
    func prune(before time: Instant, limit: Int) async throws(JournalError) -> Int

    /// Finishes what waits, and closes the store; no call may follow.
    func close() async throws(JournalError)
}

/// What a commit survives before it is answered.
package enum Durability: Hashable, Sendable {
    /// The end of the process, however it ends. A power cut may take the last second.
    case reads
    /// A power cut, too.
    case writes
}

/// One caller's part of a transaction.
package protocol JournalTransaction: AnyObject {
    /// Adds an entry to the audit.
    func add(_ entry: AuditEntry)
}

extension JournalStore {
    /// Adds an entry to the audit.
    package func add(_ entry: AuditEntry, _ durability: Durability) async throws {
        try await perform(durability) { $0.add(entry) }
    }

    /// Removes the audit entries that are older than this, step by step, so that nobody waits for long; returns how
    /// many. Stops early if the task is cancelled.
    @discardableResult
    package func prune(before time: Instant) async throws(JournalError) -> Int {
        let step = 500
        var count = 0
        while !Task.isCancelled {
            let removed = try await prune(before: time, limit: step)
            count += removed
            guard removed == step else { break }
        }
        return count
    }
}
