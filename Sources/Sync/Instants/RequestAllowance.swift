import Synchronization

/// So many requests of a kind, and no more, in a run; all streams share it.
final class RequestAllowance: Sendable {
    private let left: Mutex<Int>

    init(_ requests: Int) { left = Mutex(requests) }

    /// Whether there is one more, which is then used up.
    func take() -> Bool {
        left.withLock { left in
            guard left > 0 else { return false }
            left -= 1
            return true
        }
    }
}
