internal import Gateway
internal import Synchronization
internal import Glibc

/// The settings in force. Their files are looked at again every second in which somebody asks, and
/// what has changed is taken over when it is right as a whole; else the old settings stay.
public final class SettingsStore: Sendable {
    private struct State {
        var settings: Settings?
        var files: [String]
        var stamps: [FileStamp?]
        var lastLook: Int64
    }

    private let environment: [String: String]
    private let state: Mutex<State>

    /// - Parameter now: seconds since 1970.
    public init(environment: [String: String], now: Int64) {
        self.environment = environment
        let loaded = Settings.load(environment: environment)
        Self.log(loaded)
        state = Mutex(
            State(
                settings: loaded.settings, files: loaded.files, stamps: loaded.files.map(FileStamp.init),
                lastLook: now))
    }

    /// The settings to answer a request with; nil while there are none that are right.
    public func current(now: Int64) -> Settings? {
        state.withLock { state in
            guard now != state.lastLook else { return state.settings }
            state.lastLook = now
            let stamps = state.files.map(FileStamp.init)
            guard stamps != state.stamps else { return state.settings }
            // The stamps are from before the reading: what changes meanwhile is read next time.
            state.stamps = stamps
            let loaded = Settings.load(environment: environment)
            Self.log(loaded)
            if loaded.files != state.files {
                state.files = loaded.files
                state.stamps = loaded.files.map(FileStamp.init)
            }
            if let settings = loaded.settings {
                LogLine("settings").with("outcome", "reloaded").write()
                state.settings = settings
            }
            return state.settings
        }
    }

    private static func log(_ loaded: LoadedSettings) {
        for problem in loaded.problems {
            LogLine("settings").with("outcome", "unusable").with("setting", problem.setting)
                .with("problem", problem.problem).with("remedy", problem.remedy).write()
        }
    }
}

/// What tells one state of a file from another without reading it.
private struct FileStamp: Equatable {
    private let inode: UInt64
    private let size: Int
    private let seconds: Int
    private let nanoseconds: Int

    init?(_ path: String) {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { return nil }
        inode = UInt64(status.st_ino)
        size = Int(status.st_size)
        seconds = status.st_mtim.tv_sec
        nanoseconds = status.st_mtim.tv_nsec
    }
}
