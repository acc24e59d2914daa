package import Platform
import Settings
import Glibc
import Synchronization

/// The settings in force. Their files are looked at again every second in which somebody asks.
/// What has changed some seconds ago is taken over at once, what is newer if it is the same at the next look;
/// when it is right as a whole. Else the old settings stay.
@safe package final class SettingsStore: Sendable {
    private struct State {
        /// Those in force and those before them: a thread may still be about to take them.
        var kept: [LaunchSettings]
        /// As they were when they were read last.
        var files: [WatchedFile]
        /// As they were at the last look, when that was something else.
        var changed: [WatchedFile]?
    }

    private let environment: [String: String]
    private let state: Mutex<State>
    /// What ``current(now:)`` hands out without waiting for anybody; held by `state.kept`.
    private let inForce: Atomic<Unmanaged<LaunchSettings>?>
    private let lastLook: Atomic<Int64>

    /// Threads take what is in force within microseconds; this many reloads take that many seconds.
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

    /// The settings to answer a request with; nil while there are none that are right.
    package func current(now: UnixTime) -> LaunchSettings? {
        let second = now.seconds
        if lastLook.load(ordering: .relaxed) != second, lastLook.exchange(second, ordering: .relaxed) != second {
            look(now)
        }
        return unsafe inForce.load(ordering: .acquiring)?.takeUnretainedValue()
    }

    /// Somebody may be in the middle of writing what changed within so many seconds.
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
