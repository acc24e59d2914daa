package import DataAPI
import Platform
package import Settings

/// What is needed to ask Welkin for something, whatever else of the settings is wrong: for `check`,
/// which says every problem at once.
package struct TrialSettings: Sendable {
    /// How Welkin is reached.
    package let access: WorkerSettings.Access
    /// What is pulled when no resource is named.
    package let resources: [Resource]
    /// By resource, the values of the filter that its Find requires.
    package let filterValues: [String: [String]]

    /// Nil when address, client id or secret is missing or wrong. Problems are told by
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
