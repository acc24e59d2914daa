package import Platform
import Settings
import Glibc
import Synchronization

/// The settings in force. Requests trigger a look at their files, at most once a second. If the new settings are
/// invalid, the old ones stay in force.
@safe package final class SettingsStore: Sendable {
    private struct State {
        /// The current settings and earlier ones, which a thread may still be about to take.
        var kept: [LaunchSettings]
        var watch: FileWatch
    }

    private let environment: [String: String]
    private let state: Mutex<State>
    /// What ``current(now:)`` returns without waiting; kept alive by `state.kept`.
    private let inForce: Atomic<Unmanaged<LaunchSettings>?>
    private let lastLook: Atomic<Int64>

    /// Threads take the current settings within microseconds; this many reloads take as many seconds.
    private static let keptReloads = 16

    package init(environment: [String: String], now: UnixTime) {
        self.environment = environment
        let loaded = LaunchSettings.load(environment: environment)
        loaded.logProblems(of: LaunchHandler.program)
        let settings = loaded.value
        state = Mutex(State(kept: settings.map { [$0] } ?? [], watch: FileWatch(loaded.files)))
        unsafe inForce = Atomic(settings.map { unsafe Unmanaged.passUnretained($0) })
        lastLook = Atomic(now.seconds)
    }

    /// The settings for answering a request; nil while there are no valid ones.
    package func current(now: UnixTime) -> LaunchSettings? {
        let second = now.seconds
        if lastLook.load(ordering: .relaxed) != second, lastLook.exchange(second, ordering: .relaxed) != second {
            look(now)
        }
        return unsafe inForce.load(ordering: .acquiring)?.takeUnretainedValue()
    }

    private func look(_ now: UnixTime) {
        state.withLock { state in
            guard state.watch.hasChanged(now: now) else { return }
            let loaded = LaunchSettings.load(environment: environment)
            loaded.logProblems(of: LaunchHandler.program)
            state.watch.loaded(loaded.files)
            guard let settings = loaded.value else { return }
            LogLine("settings").with("outcome", "reloaded").write()
            unsafe inForce.store(Unmanaged.passUnretained(settings), ordering: .releasing)
            state.kept = state.kept.suffix(Self.keptReloads - 1) + [settings]
        }
    }
}
