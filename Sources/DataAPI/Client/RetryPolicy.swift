/// Whether and when a failed request is sent again: a pure function of what is given.
///
/// Only reads are repeated (and the request for a token); a write that failed may have been done.
/// Whatever Welkin asks by `Retry-After` is a floor, on top of which comes a random part, so that
/// several clients do not come back at the same moment.
public struct RetryPolicy: Sendable, Hashable {
    /// How often a request is sent at most, the first time included.
    public var maximumAttempts: Int
    /// How long after its start a request is not sent again.
    public var totalTime: Duration
    /// How long after its start a request that brought no answer at all is not sent again: what cannot be reached
    /// is given up soon. Together with ``ClientSettings/requestTimeout`` it is the longest that a request takes.
    public var networkTime: Duration
    /// The first wait is up to this long; each further one up to twice as long.
    public var baseDelay: Duration
    /// No wait is longer, unless Welkin asks for it.
    public var maximumDelay: Duration

    /// Six attempts in five minutes, or in half a minute without an answer, unless told otherwise.
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

    /// The time to wait before the next attempt; nil when there is none.
    ///
    /// - Parameters:
    ///   - error: how the last attempt failed.
    ///   - attempt: which one that was, from 1.
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
        // Half of the wait is certain where Welkin names none.
        let delay = error.retryAfter.map { $0 + ceiling * random } ?? ceiling * (0.5 + random / 2)
        let limit = error.isOfNetwork ? min(networkTime, totalTime) : totalTime
        return elapsed + delay <= limit ? delay : nil
    }
}
