internal import Gateway
internal import Glibc
internal import Synchronization

/// The settings in force. Their files are looked at again every second in which somebody asks.
/// What has changed some seconds ago is taken over at once, what is newer if it is the same at the next look;
/// when it is right as a whole. Else the old settings stay.
@safe public final class SettingsStore: Sendable {
    private struct State {
        /// Those in force and those before them: a thread may still be about to take them.
        var kept: [Settings]
        /// As they were when they were read last.
        var files: [WatchedFile]
        /// As they were at the last look, when that was something else.
        var changed: [WatchedFile]?
    }

    private let environment: [String: String]
    private let state: Mutex<State>
    /// What ``current(now:)`` hands out without waiting for anybody; held by `state.kept`.
    private let inForce: Atomic<Unmanaged<Settings>?>
    private let lastLook: Atomic<Int64>

    /// Threads take what is in force within microseconds; this many reloads take that many seconds.
    private static let keptReloads = 16

    /// - Parameter now: seconds since 1970.
    public init(environment: [String: String], now: Int64) {
        self.environment = environment
        let loaded = Settings.load(environment: environment)
        Self.log(loaded)
        let settings = loaded.settings
        state = Mutex(State(kept: settings.map { [$0] } ?? [], files: loaded.files))
        unsafe inForce = Atomic(settings.map { unsafe Unmanaged.passUnretained($0) })
        lastLook = Atomic(now)
    }

    /// The settings to answer a request with; nil while there are none that are right.
    public func current(now: Int64) -> Settings? {
        if lastLook.load(ordering: .relaxed) != now, lastLook.exchange(now, ordering: .relaxed) != now { look(now) }
        return unsafe inForce.load(ordering: .acquiring)?.takeUnretainedValue()
    }

    /// Somebody may be in the middle of writing what changed within so many seconds.
    private static let settling: Int64 = 2

    private func look(_ now: Int64) {
        state.withLock { state in
            let files = state.files.map(\.now)
            guard files != state.files else { return state.changed = nil }
            let isSettled = zip(files, state.files).allSatisfy { file, before in
                file == before || file.stamp.map { $0.changed + Self.settling <= now } == true
            }
            guard isSettled || files == state.changed else { return state.changed = files }
            state.changed = nil
            let loaded = Settings.load(environment: environment)
            Self.log(loaded)
            state.files = loaded.files
            guard let settings = loaded.settings else { return }
            LogLine("settings").with("outcome", "reloaded").write()
            unsafe inForce.store(Unmanaged.passUnretained(settings), ordering: .releasing)
            state.kept = state.kept.suffix(Self.keptReloads - 1) + [settings]
        }
    }

    private static func log(_ loaded: LoadedSettings) {
        for problem in loaded.problems {
            LogLine("settings").with("outcome", "unusable").with("setting", problem.setting)
                .with("problem", problem.problem).with("remedy", problem.remedy).write()
        }
    }
}
