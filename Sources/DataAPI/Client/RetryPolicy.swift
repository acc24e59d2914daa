/// Whether and when to retry a failed request: a pure function of its inputs.
///
/// Only reads (and the request for a token) are retried, because a failed write may have been done.
/// Welkin's `Retry-After` is a minimum, plus a random part, so that several clients do not come back
/// at the same moment.
public struct RetryPolicy: Sendable, Hashable {
    /// The maximum number of times a request is sent, including the first.
    public var maximumAttempts: Int
    /// How long after its start a request is no longer retried.
    public var totalTime: Duration
    /// How long after its start a request that brought no answer at all is not sent again: what cannot be reached
    /// is given up soon. Together with ``ClientSettings/requestTimeout`` it is the longest that a request takes.
    public var networkTime: Duration
    /// The first delay is at most this long; each further one at most twice as long.
    public var baseDelay: Duration
    /// No delay is longer, unless Welkin asks for it.
    public var maximumDelay: Duration

    /// By default, six attempts in five minutes, or in half a minute without an answer.
    public init(
        maximumAttempts: Int = 6, totalTime: Duration = .seconds(300), networkTime: Duration = .seconds(30),
        baseDelay: Duration = .seconds(1), maximumDelay: Duration = .seconds(60)
    ) {
        self.maximumAttempts = maximumAttempts
        self.totalTime = totalTime
        self.networkTime = networkTime
        self.baseDelay = baseDelay
        self.maximumDelay = maximumDelay
    }

    /// The delay before the next attempt; nil if there is none.
    ///
    /// - Parameters:
    ///   - error: how the last attempt failed.
    ///   - attempt: its number, from 1.
    ///   - isRepeatable: whether the request may be sent twice.
    ///   - elapsed: the time since the first attempt began.
    ///   - random: from 0 to 1.
    public func delay(
        after error: DataAPIError, attempt: Int, isRepeatable: Bool, elapsed: Duration, random: Double
    ) -> Duration? {
        guard isRepeatable, error.isTransient, attempt < maximumAttempts else { return nil }
        var ceiling = baseDelay
        for _ in 1..<max(1, attempt) where ceiling < maximumDelay { ceiling *= 2 }
        ceiling = min(ceiling, maximumDelay)
        // Half of the delay is fixed if Welkin names none.
        let delay = error.retryAfter.map { $0 + ceiling * random } ?? ceiling * (0.5 + random / 2)
        let limit = error.isOfNetwork ? min(networkTime, totalTime) : totalTime
        return elapsed + delay <= limit ? delay : nil
    }
}
