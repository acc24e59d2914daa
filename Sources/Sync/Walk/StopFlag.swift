internal import Synchronization

/// Asks a run to end gently: the pages that are on their way are taken in, and no further one is
/// asked for.
public final class StopFlag: Sendable {
    private let raised = Atomic(false)

    /// Not raised.
    public init() {}

    /// Whether the run is to end.
    public var isRaised: Bool { raised.load(ordering: .relaxed) }

    /// Cannot be taken back.
    public func raise() { raised.store(true, ordering: .relaxed) }

    /// - Throws: `CancellationError` once it is raised, or the task is cancelled.
    func check() throws {
        try Task.checkCancellation()
        if isRaised { throw CancellationError() }
    }
}
