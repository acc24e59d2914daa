internal import DataAPI
package import Sync

extension StopFlag {
    /// How long a page that is on its way is waited for. Far more than one takes, and far less than
    /// systemd waits before it kills.
    package static let patience = Duration.seconds(20)

    /// Ends a run gently, and after ``patience`` all the same: a server that never answers does not
    /// hold it.
    package func end(
        _ run: Task<some Sendable, Never>,
        sleep: @escaping @Sendable (Duration) async throws -> Void = TimeSource.system.sleep
    ) {
        raise()
        Task {
            try? await sleep(Self.patience)
            run.cancel()
        }
    }
}
