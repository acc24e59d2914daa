import Identifiers
import Platform
import Sessions
package import Settings

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
