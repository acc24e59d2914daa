import Synchronization

/// Asks a run to end gently: pages in progress are committed, and no further one is requested.
package final class StopFlag: Sendable {
    private let raised = Atomic(false)

    /// Not raised.
    package init() {}

    /// Whether the run must end.
    package var isRaised: Bool { raised.load(ordering: .relaxed) }

    /// Raises the flag, which cannot be lowered again.
    package func raise() { raised.store(true, ordering: .relaxed) }

    /// - Throws: `CancellationError` once it is raised, or the task is cancelled.
    func check() throws {
        try Task.checkCancellation()
        if isRaised { throw CancellationError() }
    }
}
