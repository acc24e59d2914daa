package import Platform

/// The result of reading settings.
package struct LoadedSettings<Value: Sendable>: Sendable {
    /// Nil when there is any problem.
    package let value: Value?
    /// All problems at once; empty when the settings are valid.
    package let problems: [SettingsProblem]
    /// What is allowed but unwise.
    package let warnings: [SettingsProblem]
    /// The files that were read, for detecting changes.
    package let files: [WatchedFile]

    /// - Parameters:
    ///   - value: dropped when there is any problem.
    ///   - source: the source of the value.
    package init(_ value: Value?, from source: SettingsSource) {
        self.value = source.problems.isEmpty ? value : nil
        problems = source.problems
        warnings = source.warnings
        files = source.files
    }

    private init(_ value: Value?, _ problems: [SettingsProblem], _ warnings: [SettingsProblem], _ files: [WatchedFile])
    {
        self.value = value
        self.problems = problems
        self.warnings = warnings
        self.files = files
    }

    /// A part of the value, with the same problems.
    package func map<Part: Sendable>(_ part: (Value) -> Part) -> LoadedSettings<Part> {
        LoadedSettings<Part>(value.map(part), problems, warnings, files)
    }
}

/// A file with settings, and its state when it was read.
package struct WatchedFile: Sendable, Equatable {
    /// The path, as the settings name it.
    package let path: String
    /// Nil when it could not be read.
    package let stamp: FileStamp?

    package init(path: String, stamp: FileStamp?) {
        self.path = path
        self.stamp = stamp
    }

    /// The same file in its current state.
    package var now: WatchedFile { WatchedFile(path: path, stamp: FileStamp(of: path)) }
}
