import Platform
import StoreFiles
import Synchronization

/// A thread that owns a connection that only reads, so that a long list holds up no commit.
///
/// It starts when it is first needed: most processes read nothing.
final class ReadThread: Sendable {
    private typealias Queue = JobQueue<@Sendable (Result<SQLiteConnection, JournalError>) -> Void>

    private enum State {
        case idle
        case running(Queue, EndSignal)
        case closed
    }

    private let open: @Sendable () throws(JournalError) -> SQLiteConnection
    private let state = Mutex(State.idle)

    /// - Parameter open: opens the thread's connection
    init(_ open: @escaping @Sendable () throws(JournalError) -> SQLiteConnection) { self.open = open }

    deinit { if case .running(let queue, _) = state.withLock({ $0 }) { queue.finish() } }

    /// Nil once it is closed.
    private var queue: Queue? {
        state.withLock { state in
            switch state {
            case .running(let queue, _): return queue
            case .closed: return nil
            case .idle:
                let (queue, end) = (Queue(), EndSignal())
                Thread.detached { [open] in
                    Self.run(queue, open)
                    end.send()
                }
                state = .running(queue, end)
                return queue
            }
        }
    }

    private static func run(_ queue: Queue, _ open: () throws(JournalError) -> SQLiteConnection) {
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
    }

    /// Finishes what waits, and ends.
    func close() async {
        let last = state.withLock { state in
            defer { state = .closed }
            return state
        }
        guard case .running(let queue, let end) = last else { return }
        queue.finish()
        await end.wait()
    }

    func perform<Answer: Sendable>(
        _ work: @escaping @Sendable (SQLiteConnection) throws(JournalError) -> Answer
    ) async throws(JournalError) -> Answer {
        let result: Result<Answer, JournalError> = await withCheckedContinuation { continuation in
            let isTaken = queue?.add { connection in
                continuation.resume(
                    returning: connection.flatMap { connection in
                        do throws(JournalError) { return .success(try work(connection)) } catch {
                            return .failure(error)
                        }
                    })
            }
            if isTaken != true { continuation.resume(returning: .failure(.closed)) }
        }
        return try result.get()
    }
}
