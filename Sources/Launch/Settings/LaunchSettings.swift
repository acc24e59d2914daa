package import Identifiers
import Platform
package import Sessions
package import Settings

/// The operator's settings for the handler, validated.
package final class LaunchSettings: Sendable {
    /// At least one, each with a unique name.
    package let apps: [App]
    /// The project's own keys, for sessions and hand-offs.
    package let keys: SessionKeys
    /// `WELKIN_STATE_DIR`: records the events that may happen only once.
    package let stateFolder: String?

    init(apps: [App], keys: SessionKeys, stateFolder: String?) {
        self.apps = apps
        self.keys = keys
        self.stateFolder = stateFolder
    }

    /// The App of that name; nil when the deployment has none.
    package func app(named name: AppName) -> App? { apps.first { $0.name == name } }
}

extension LaunchSettings {
    /// Reads the settings from the environment and the files that it names.
    ///
    /// - Parameter readFile: ``TextFile/read(_:)``, or a test's stand-in.
    package static func load(
        environment: [String: String], readFile: @escaping SettingsSource.FileReader = TextFile.read
    ) -> LoadedSettings<LaunchSettings> {
        var source = SettingsSource(environment: environment, readFile: readFile)
        let names = AppName.deployed(&source)
        let apps = names.compactMap { App(name: $0, from: &source) }
        let keys = SessionKeys(from: &source)
        let stateFolder = StateFolder.path(from: &source)
        return LoadedSettings(
            keys.map { LaunchSettings(apps: apps, keys: $0, stateFolder: stateFolder) }, from: source)
    }

    /// As ``SettingsSource/unknownNames(of:apps:)``.
    package static func unknownNames(environment: [String: String]) -> [SettingsProblem] {
        let source = SettingsSource(environment: environment, readFile: TextFile.read)
        return source.unknownNames(of: .launch, apps: AppName.deployed(in: source))
    }
}
