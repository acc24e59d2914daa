import Sessions
import Synchronization

/// How much one launch may ask: a page in a loop must not slow down everybody else's.
final class LaunchLimits: Sendable {
    /// Requests a second; as many may come at once.
    static let perSecond = 20.0
    /// Requests in progress, besides the one that waits for changes.
    static let atOnce = 2

    private struct Usage {
        var left = LaunchLimits.perSecond
        /// In seconds.
        var since: Double
        var inProgress = 0
    }

    private let usages = Mutex<[LaunchID: Usage]>([:])
    /// Beyond this many launches, those that are idle are forgotten.
    private static let kept = 10_000

    /// Counts a request; ``end(_:)`` ends it if it counts as in progress.
    ///
    /// - Parameters:
    ///   - waits: whether it waits for changes
    ///   - now: the monotonic clock, in seconds
    /// - Returns: how many seconds to wait before another try; nil if it may go on
    func begin(_ launch: LaunchID, waits: Bool, now: Double) -> Int? {
        usages.withLock { usages in
            if usages.count > Self.kept { Self.forget(&usages, now) }
            var usage = usages[launch] ?? Usage(since: now)
            usage.left = min(Self.perSecond, usage.left + max(0, now - usage.since) * Self.perSecond)
            usage.since = now
            defer { usages[launch] = usage }
            guard usage.left >= 1, waits || usage.inProgress < Self.atOnce else { return 1 }
            usage.left -= 1
            if !waits { usage.inProgress += 1 }
            return nil
        }
    }

    /// A request that did not wait for changes has its answer.
    func end(_ launch: LaunchID) {
        usages.withLock { $0[launch]?.inProgress -= 1 }
    }

    /// Drops those whose allowance is full again.
    private static func forget(_ usages: inout [LaunchID: Usage], _ now: Double) {
        usages = usages.filter { $0.value.inProgress > 0 || now - $0.value.since < 1 }
    }
}
