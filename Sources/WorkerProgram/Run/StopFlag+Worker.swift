package import DataAPI
package import Sync

extension StopFlag {
    /// How long a stop waits for a page in progress: far longer than one takes, and far shorter than
    /// systemd waits before it kills.
    package static let patience = Duration.seconds(20)

    /// Ends a run gently, and cancels it after ``patience``, so that a server that never answers cannot
    /// block it.
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

    /// The system's clocks. A wait for the next request ends soon after the flag is raised.
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
