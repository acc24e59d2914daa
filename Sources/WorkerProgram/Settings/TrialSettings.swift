package import DataAPI
import Platform
package import Settings

/// The settings that a request to Welkin needs, even if other settings are invalid: for `check`, which
/// reports every problem at once.
package struct TrialSettings: Sendable {
    /// How to reach Welkin.
    package let access: WorkerSettings.Access
    /// The resources to pull when the command names none.
    package let resources: [Resource]
    /// By resource, the values of the filter that its Find requires.
    package let filterValues: [String: [String]]

    /// Nil when address, client id or secret is missing or invalid. Problems are reported by
    /// ``WorkerSettings/load(environment:readFile:)``.
    package static func load(
        environment: [String: String], readFile: @escaping SettingsSource.FileReader = TextFile.read
    ) -> TrialSettings? {
        var source = SettingsSource(environment: environment, readFile: readFile)
        guard !source.lacksFile, let access = WorkerSettings.Access(from: &source) else { return nil }
        return TrialSettings(
            access: access, resources: WorkerSettings.resources(&source),
            filterValues: WorkerSettings.filterValues(&source))
    }
}
