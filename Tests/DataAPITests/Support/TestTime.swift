import DataAPI
import Synchronization

/// A clock that stands still, but for what is slept on it. The time limit of requests, too, only
/// comes when a test says so.
final class TestTime: Sendable {
    /// Told from other waits by its length.
    static let requestTimeout: Duration = .milliseconds(61_234)

    private let state = Mutex<(now: Instant, uptime: Duration, slept: [Duration])>(
        (Instant("2026-01-02T03:04:05Z")!, .seconds(1000), []))
    private let isTimeUp = Mutex<(@Sendable () -> Bool)?>(nil)

    var now: Instant { state.withLock { $0.now } }
    /// Every wait but for time limits, in order.
    var slept: [Duration] { state.withLock { $0.slept } }

    func advance(by duration: Duration) {
        state.withLock {
            $0.now = $0.now + duration
            $0.uptime += duration
        }
    }

    /// For what is sent from now on: a request's time is up when this is true,
    /// once.
    func limit(when condition: @escaping @Sendable () -> Bool) { isTimeUp.withLock { $0 = condition } }

    var source: TimeSource {
        TimeSource(
            now: { self.now }, uptime: { self.state.withLock { $0.uptime } },
            sleep: { duration in
                try Task.checkCancellation()
                if [Self.requestTimeout, Client.reachTime].contains(duration) {
                    guard let isTimeUp = self.isTimeUp.withLock({ $0 }) else {
                        // Until it is cancelled.
                        return try await Task.sleep(for: .seconds(86_400))
                    }
                    while !isTimeUp() { try await Task.sleep(for: .milliseconds(5)) }
                    return self.isTimeUp.withLock { $0 = nil }
                }
                self.state.withLock { $0.slept.append(duration) }
                self.advance(by: duration)
            })
    }
}
