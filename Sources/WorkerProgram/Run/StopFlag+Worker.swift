package import DataAPI
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

    /// The system's clocks; who waits for the next request is told soon when there is to be none.
    package var time: TimeSource {
        let system = TimeSource.system
        return TimeSource(now: system.now, uptime: system.uptime, sleep: system.sleep) { duration in
            let end = system.uptime() + duration
            while !self.isRaised {
                let left = end - system.uptime()
                guard left > .zero else { return }
                try await system.sleep(min(left, .milliseconds(100)))
            }
            throw CancellationError()
        }
    }
}
