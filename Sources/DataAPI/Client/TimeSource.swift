import Platform

/// The clocks that a client uses, and how it waits; tests provide their own.
public struct TimeSource: Sendable {
    /// The time of day, for tokens and dates.
    public let now: @Sendable () -> Instant
    /// Time since some moment, for durations, because it never jumps.
    public let uptime: @Sendable () -> Duration
    /// Waits this long; throws when the task is cancelled. For time limits of requests in progress.
    public let sleep: @Sendable (Duration) async throws -> Void
    /// Waits this long before the next request; may also throw `CancellationError` if none will follow.
    public let pause: @Sendable (Duration) async throws -> Void

    /// All together, so that they agree. Without a pause of its own, it sleeps.
    public init(
        now: @escaping @Sendable () -> Instant, uptime: @escaping @Sendable () -> Duration,
        sleep: @escaping @Sendable (Duration) async throws -> Void,
        pause: (@Sendable (Duration) async throws -> Void)? = nil
    ) {
        self.now = now
        self.uptime = uptime
        self.sleep = sleep
        self.pause = pause ?? sleep
    }

    /// The system's clocks.
    public static let system = TimeSource(
        now: { Instant(microseconds: Clock.microseconds) }, uptime: { .seconds(Clock.monotonic) },
        sleep: { duration in
            let end = ContinuousClock.now + duration
            // The runtime keeps a cancelled sleep in memory until it would have ended: a minute, for each request
            // of the last minute. In pieces, it is a second.
            while case let left = end - ContinuousClock.now, left > .zero {
                try await Task.sleep(for: min(left, .seconds(1)))
            }
        })
}
