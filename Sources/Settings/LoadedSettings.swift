package import Platform

/// What came of reading settings.
package struct LoadedSettings<Value: Sendable>: Sendable {
    /// Nil when there is any problem.
    package let value: Value?
    /// All of them at once; empty when there are settings.
    package let problems: [SettingsProblem]
    /// What is allowed but unwise.
    package let warnings: [SettingsProblem]
    /// The files that were asked for, for noticing when they change.
    package let files: [WatchedFile]

    /// - Parameters:
    ///   - value: is dropped when there is any problem.
    ///   - source: what it was read from.
    package init(_ value: Value?, from source: SettingsSource) {
        self.value = source.problems.isEmpty ? value : nil
        problems = source.problems
        warnings = source.warnings
        files = source.files
    }
}

/// A file that settings came from, as it was then.
package struct WatchedFile: Sendable, Equatable {
    /// The path, as the settings name it.
    package let path: String
    /// Nil when it could not be read.
    package let stamp: FileStamp?

    package init(path: String, stamp: FileStamp?) {
        self.path = path
        self.stamp = stamp
    }

    /// The same file as it is now.
    package var now: WatchedFile { WatchedFile(path: path, stamp: FileStamp(of: path)) }
}
