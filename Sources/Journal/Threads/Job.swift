/// What a caller waits for. It belongs to the caller until it is queued, and from then on to the thread.
class Job: @unchecked Sendable {
    let durability: Durability

    init(_ durability: Durability) { self.durability = durability }

    /// Does the work; false if it failed, so that nothing of it may be kept.
    func run(_ transaction: SQLiteTransaction) -> Bool { fatalError("abstract") }

    /// Lets the caller continue.
    ///
    /// - Parameter failure: why nothing of it was kept, although the work succeeded.
    func answer(_ failure: JournalError?) { fatalError("abstract") }
}

/// A job with a result.
final class AnsweredJob<Answer: Sendable>: Job, @unchecked Sendable {
    private let work: @Sendable (SQLiteTransaction) throws -> Answer
    private let continuation: CheckedContinuation<Answer, any Error>
    private var result: Result<Answer, any Error>?

    init(
        _ durability: Durability, _ continuation: CheckedContinuation<Answer, any Error>,
        _ work: @escaping @Sendable (SQLiteTransaction) throws -> Answer
    ) {
        self.work = work
        self.continuation = continuation
        super.init(durability)
    }

    override func run(_ transaction: SQLiteTransaction) -> Bool {
        do {
            result = .success(try work(transaction))
            return true
        } catch {
            result = .failure(error)
            return false
        }
    }

    override func answer(_ failure: JournalError?) {
        switch (result, failure) {
        case (.failure(let error)?, _): continuation.resume(throwing: error)
        case (_, let failure?): continuation.resume(throwing: failure)
        case (.success(let answer)?, nil): continuation.resume(returning: answer)
        case (nil, nil): continuation.resume(throwing: JournalError.closed)
        }
    }
}
