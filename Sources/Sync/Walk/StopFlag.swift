import Synchronization

/// Asks a run to end gently: the pages that are on their way are taken in, and no further one is
/// asked for.
package final class StopFlag: Sendable {
    private let raised = Atomic(false)

    /// Not raised.
    package init() {}

    /// Whether the run is to end.
    package var isRaised: Bool { raised.load(ordering: .relaxed) }

    /// Cannot be taken back.
    package func raise() { raised.store(true, ordering: .relaxed) }

    /// - Throws: `CancellationError` once it is raised, or the task is cancelled.
    func check() throws {
        try Task.checkCancellation()
        if isRaised { throw CancellationError() }
    }
}
