package import Platform
import Settings
import Glibc
import Synchronization

/// The settings in force. Requests trigger a look at their files, at most once a second. A change that is
/// a few seconds old is loaded at once; a newer one when the next look finds it unchanged. If the new
/// settings are invalid, the old ones stay in force.
@safe package final class SettingsStore: Sendable {
    private struct State {
        /// The current settings and earlier ones, which a thread may still be about to take.
        var kept: [LaunchSettings]
        /// Their state at the last load.
        var files: [WatchedFile]
        /// Their state at the last look, if it differed from that.
        var changed: [WatchedFile]?
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
        Self.log(loaded)
        let settings = loaded.value
        state = Mutex(State(kept: settings.map { [$0] } ?? [], files: loaded.files))
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

    /// For this many seconds after a change, somebody may still be writing the file.
    private static let settling: Int64 = 2

    private func look(_ now: UnixTime) {
        state.withLock { state in
            let files = state.files.map(\.now)
            guard files != state.files else { return state.changed = nil }
            let isSettled = zip(files, state.files).allSatisfy { file, before in
                file == before || file.stamp.map { $0.changed + Self.settling <= now.seconds } == true
            }
            guard isSettled || files == state.changed else { return state.changed = files }
            state.changed = nil
            let loaded = LaunchSettings.load(environment: environment)
            Self.log(loaded)
            state.files = loaded.files
            guard let settings = loaded.value else { return }
            LogLine("settings").with("outcome", "reloaded").write()
            unsafe inForce.store(Unmanaged.passUnretained(settings), ordering: .releasing)
            state.kept = state.kept.suffix(Self.keptReloads - 1) + [settings]
        }
    }

    private static func log(_ loaded: LoadedSettings<LaunchSettings>) {
        for problem in loaded.problems {
            LogLine("settings").with("outcome", "unusable").with("setting", problem.setting)
                .with("problem", problem.problem).with("remedy", problem.remedy).write()
        }
    }
}
