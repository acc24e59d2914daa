package import DataService
import Identifiers
import Platform
package import Settings

/// The settings of `serve`: what the launch handler knows of sessions, and what the worker knows of Welkin.
package struct ServeSettings: Sendable {
    /// The replica's file and its provider.
    package let replica: BoundReplicaSettings
    /// The journal's file.
    package let journal: JournalSettings
    /// How to reach Welkin.
    package let access: WorkerSettings.Access
    /// Sessions, access and what the page shows. Read again when a file changes; the others are not.
    package let service: ServiceSettings

    /// Reads the settings from the environment and the files that it names.
    ///
    /// - Parameter readFile: ``TextFile/read(_:)``, or a test's stand-in.
    package static func load(
        environment: [String: String], readFile: @escaping SettingsSource.FileReader = TextFile.read
    ) -> LoadedSettings<ServeSettings> {
        LoadedSettings(environment: environment, readFile: readFile) { ServeSettings(from: &$0) }
    }

    /// Whether the settings are meant for `serve`, too: those of the launch handler are among them.
    package static func isMeant(
        environment: [String: String], readFile: @escaping SettingsSource.FileReader = TextFile.read
    ) -> Bool {
        SettingsSource(environment: environment, readFile: readFile).value(.appURL).value != nil
    }

    private init?(from source: inout SettingsSource) {
        let replica = BoundReplicaSettings(from: &source)
        let journal = JournalSettings(from: &source)
        let access = WorkerSettings.Access(from: &source)
        // A provider that is missing is a problem of the replica's.
        guard let provider = replica?.provider ?? ProviderID("none") else { return nil }
        let service = ServiceSettings(from: &source, provider: provider)
        guard let replica, let journal, let access, let service else { return nil }
        self.replica = replica
        self.journal = journal
        self.access = access
        self.service = service
    }
}

extension LoadedSettings<ServeSettings> {
    /// What is read again while the service runs.
    package var service: LoadedSettings<ServiceSettings> { map(\.service) }
}
