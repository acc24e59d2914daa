import Synchronization

/// How many requests in a row used up their attempts because Welkin could not answer them. Once they are
/// many, further ones need no attempts of their own: an API that is down is down for all of them.
final class FailureStreak: Sendable {
    /// From here on, one attempt has to do.
    static let long = 3

    private let count = Mutex(0)

    /// Whether a request is to be sent once only.
    var isLong: Bool { count.withLock { $0 >= Self.long } }

    /// A request was answered well.
    func end() { count.withLock { $0 = 0 } }

    /// A request has no attempts left.
    func gaveUp(_ error: DataAPIError) {
        guard error.code == .serverError || error.code == .tooManyRequests else { return }
        count.withLock { $0 += 1 }
    }
}
