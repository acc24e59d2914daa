import DataAPI
import Synchronization

/// A clock that stands still until it is moved.
final class TestClock: Sendable {
    private let instant: Mutex<Instant>

    init(_ text: String = "2026-01-02T00:00:00Z") { instant = Mutex(Instant(text)!) }

    var now: Instant { instant.withLock { $0 } }

    func advance(by duration: Duration) { instant.withLock { $0 = $0 + duration } }
}
