import Platform
import StoreFiles

/// A thread that owns a connection that only reads, so that a long list holds up no commit.
final class ReadThread: Sendable {
    private let queue = JobQueue<@Sendable (Result<SQLiteConnection, JournalError>) -> Void>()
    private let end = EndSignal()

    /// Starts the thread. It opens its connection when it is first needed.
    init(_ open: @escaping @Sendable () throws(JournalError) -> SQLiteConnection) {
        Thread.detached { [queue, end] in
            var connection: SQLiteConnection?
            while let jobs = queue.take(.max) {
                for job in jobs {
                    do throws(JournalError) {
                        let opened = if let connection { connection } else { try open() }
                        connection = opened
                        guard !opened.hasMoved else { throw .moved(path: opened.path) }
                        job(.success(opened))
                    } catch {
                        job(.failure(error))
                    }
                }
            }
            connection = nil
            end.send()
        }
    }

    deinit { queue.finish() }

    /// Finishes what waits, and ends.
    func close() async {
        queue.finish()
        await end.wait()
    }

    func perform<Answer: Sendable>(
        _ work: @escaping @Sendable (SQLiteConnection) throws(JournalError) -> Answer
    ) async throws(JournalError) -> Answer {
        let result: Result<Answer, JournalError> = await withCheckedContinuation { continuation in
            let isTaken = queue.add { connection in
                continuation.resume(
                    returning: connection.flatMap { connection in
                        do throws(JournalError) { return .success(try work(connection)) } catch {
                            return .failure(error)
                        }
                    })
            }
            if !isTaken { continuation.resume(returning: .failure(.closed)) }
        }
        return try result.get()
    }
}
