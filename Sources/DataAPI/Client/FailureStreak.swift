import Synchronization

/// How many requests in a row used up their attempts because Welkin could not answer them. After too many,
/// further requests need no retries of their own, because an API that is down is down for all of them.
final class FailureStreak: Sendable {
    /// From this length on, a request gets only one attempt.
    static let long = 3

    private let count = Mutex(0)

    /// Whether to send a request only once.
    var isLong: Bool { count.withLock { $0 >= Self.long } }

    /// Notes that a request succeeded.
    func end() { count.withLock { $0 = 0 } }

    /// Notes that a request has no attempts left.
    func gaveUp(_ error: DataAPIError) {
        guard error.code == .serverError || error.code == .tooManyRequests else { return }
        count.withLock { $0 += 1 }
    }
}
