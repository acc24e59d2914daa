/// Everything that the handler is told by its operator, checked.
public final class Settings: Sendable {
    /// At least one, each with a name of its own.
    public let apps: [App]
    /// The project's own keys, for sessions and hand-offs.
    public let keys: SessionKeys
    /// `WELKIN_STATE_DIR`: where it is written down what must happen only once.
    public let stateFolder: String?

    init(apps: [App], keys: SessionKeys, stateFolder: String?) {
        self.apps = apps
        self.keys = keys
        self.stateFolder = stateFolder
    }

    /// The App of that name; nil when the deployment has none.
    public func app(named name: AppName) -> App? { apps.first { $0.name == name } }
}

/// One thing about the settings that an operator has to mend.
public struct SettingsProblem: Sendable, Equatable, CustomStringConvertible {
    /// The setting: `WELKIN_APP_URL`.
    public let setting: String
    /// What is wrong; never with a secret in it.
    public let problem: String
    /// What to do.
    public let remedy: String

    /// One line for the operator.
    public var description: String { "\(setting): \(problem). \(remedy)\(remedy.hasSuffix("?") ? "" : ".")" }
}

/// What came of reading the settings.
public struct LoadedSettings: Sendable {
    /// Nil when there is any problem.
    public let settings: Settings?
    /// All of them at once; empty when there are settings.
    public let problems: [SettingsProblem]
    /// What is allowed but unwise.
    public let warnings: [SettingsProblem]
    /// The files that were asked for, for noticing when they change.
    public let files: [WatchedFile]
}

/// A file that settings came from, as it was then.
public struct WatchedFile: Sendable, Equatable {
    /// The path, as the settings name it.
    public let path: String
    /// Nil when it could not be read.
    public let stamp: FileStamp?

    /// The same file as it is now.
    var now: WatchedFile { WatchedFile(path: path, stamp: FileStamp(of: path)) }
}
