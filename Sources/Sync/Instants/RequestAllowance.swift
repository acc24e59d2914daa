import Synchronization

/// A limited number of requests of one kind per run; all streams share it.
final class RequestAllowance: Sendable {
    private let left: Mutex<Int>

    init(_ requests: Int) { left = Mutex(requests) }

    /// Uses up one request; false if none is left.
    func take() -> Bool {
        left.withLock { left in
            guard left > 0 else { return false }
            left -= 1
            return true
        }
    }
}
