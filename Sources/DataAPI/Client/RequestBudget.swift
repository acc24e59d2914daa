import Synchronization

/// Limits the requests to Welkin: how many at a time, and how many per second. Everything that talks
/// to one Welkin should share one budget.
public final class RequestBudget: Sendable {
    private struct State {
        var free: Int
        var waiting: [(id: Int, continuation: CheckedContinuation<Void, any Error>)] = []
        var lastID = 0
        /// The earliest moment at which the next request may start.
        var nextStart: Duration = .zero
    }

    private let state: Mutex<State>
    private let interval: Duration
    private let time: TimeSource

    /// - Parameters:
    ///   - concurrent: requests at a time; at least 1.
    ///   - perSecond: requests that may start in one second, evenly spaced; nil for any number.
    ///   - time: the clock, and the way to wait.
    public init(concurrent: Int, perSecond: Double? = nil, time: TimeSource = .system) {
        state = Mutex(State(free: max(1, concurrent)))
        interval = perSecond.map { .seconds(1) / $0 } ?? .zero
        self.time = time
    }

    /// Lets no request start for this long, because Welkin asked for it.
    public func holdOff(for duration: Duration) {
        let until = time.uptime() + duration
        state.withLock { $0.nextStart = max($0.nextStart, until) }
    }

    /// Runs `body` when the budget allows; first come, first served.
    package func withSlot<Result: Sendable>(_ body: () async throws -> Result) async throws -> Result {
        try await acquire()
        defer { release() }
        let now = time.uptime()
        let delay = state.withLock { state in
            let start = max(now, state.nextStart)
            state.nextStart = start + interval
            return start - now
        }
        if delay > .zero { try await time.pause(delay) }
        return try await body()
    }

    private func acquire() async throws {
        let id = state.withLock { state in
            state.lastID += 1
            return state.lastID
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                // The flag is set before the handler below runs, and both take the lock.
                let result: Result<Void, any Error>? = state.withLock { state in
                    if Task.isCancelled { return .failure(CancellationError()) }
                    if state.free > 0 {
                        state.free -= 1
                        return .success(())
                    }
                    state.waiting.append((id, continuation))
                    return nil
                }
                if let result { continuation.resume(with: result) }
            }
        } onCancel: {
            let waiter = state.withLock { state in
                state.waiting.firstIndex { $0.id == id }.map { state.waiting.remove(at: $0).continuation }
            }
            waiter?.resume(throwing: CancellationError())
        }
    }

    /// Passes the slot to the request that has waited longest.
    private func release() {
        let waiter = state.withLock { state -> CheckedContinuation<Void, any Error>? in
            guard !state.waiting.isEmpty else {
                state.free += 1
                return nil
            }
            return state.waiting.removeFirst().continuation
        }
        waiter?.resume()
    }
}
