import Synchronization

/// State that many tasks read, change, and wait for.
final class Watched<State: Sendable>: Sendable {
    /// Distinguishes a state from earlier ones.
    typealias Generation = UInt64

    private struct Guarded {
        var state: State
        var generation: Generation = 0
        var waiting: [UInt64: CheckedContinuation<Void, Never>] = [:]
        var lastWaiter: UInt64 = 0
    }

    private let guarded: Mutex<Guarded>

    init(_ state: State) {
        guarded = Mutex(Guarded(state: state))
    }

    /// The state, and its generation for ``wait(after:)``.
    var current: (state: State, generation: Generation) {
        guarded.withLock { ($0.state, $0.generation) }
    }

    /// Changes the state atomically and wakes all waiting tasks. If the change throws, the state stays as it was.
    func change<Result: Sendable, Failure>(
        _ body: (inout State) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let (result, woken) = try guarded.withLock { guarded throws(Failure) in
            var state = guarded.state
            let result = try body(&state)
            guarded.state = state
            guarded.generation += 1
            let woken = guarded.waiting
            guarded.waiting = [:]
            return (result, woken)
        }
        woken.values.forEach { $0.resume() }
        return result
    }

    /// Returns when the state is newer than the generation, or when the task is cancelled.
    func wait(after generation: Generation) async {
        let waiter = guarded.withLock { guarded in
            guarded.lastWaiter += 1
            return guarded.lastWaiter
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = guarded.withLock { guarded in
                    // A task is marked as cancelled before its handler runs: either this check sees the mark,
                    // or the handler finds the continuation.
                    if guarded.generation != generation || Task.isCancelled { return true }
                    guarded.waiting[waiter] = continuation
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            guarded.withLock { $0.waiting.removeValue(forKey: waiter) }?.resume()
        }
    }
}
