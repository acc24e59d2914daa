internal import Gateway
internal import Tokens

extension Settings {
    /// Reads the settings from the environment and the files that it names.
    public static func load(environment: [String: String]) -> LoadedSettings {
        load(environment: environment, readFile: SettingsFile.read)
    }

    static func load(environment: [String: String], readFile: @escaping SettingsSource.FileReader) -> LoadedSettings {
        var source = SettingsSource(environment: environment, readFile: readFile)
        let names = appNames(&source)
        let apps = names.compactMap { App(name: $0, from: &source) }
        let keys = sessionKeys(&source)
        let stateFolder = stateFolder(&source)
        var settings: Settings?
        if source.problems.isEmpty, let keys {
            settings = Settings(apps: apps, keys: keys, stateFolder: stateFolder)
        }
        return LoadedSettings(
            settings: settings, problems: source.problems, warnings: source.warnings, files: source.files)
    }

    private static func appNames(_ source: inout SettingsSource) -> [AppName] {
        guard let list = source.value("APPS").value else { return [.main] }
        var names: [AppName] = []
        for (index, item) in list.split(separator: ",").enumerated() {
            guard let name = AppName(String(item.trimmed)), !names.contains(name) else {
                source.problem(
                    "WELKIN_APPS", "name \(index + 1) of it is no name for an App, or stands twice",
                    "Use names of a lower-case letter and up to 15 lower-case letters, digits or hyphens, with commas between: main,video"
                )
                continue
            }
            if let taken = SettingsSource.workerSetting(takenBy: name) {
                source.problem(
                    "WELKIN_APPS",
                    "an App cannot be called \(name.text): its \(taken) would be welkin-worker's setting",
                    "Call it something else")
            }
            names.append(name)
        }
        if names.isEmpty, source.problems.isEmpty {
            source.problem("WELKIN_APPS", "it names no App", "Leave it out, or name them: main,video")
        }
        return names
    }

    private static func sessionKeys(_ source: inout SettingsSource) -> SessionKeys? {
        var secrets: [Secret] = []
        let (fileSetting, path) = source.value("SESSION_KEYS_FILE")
        let (setting, value) = source.value("SESSION_KEY")
        if let value, let key = source.sessionKey(setting, value) { secrets.append(key) }
        if let path, let text = source.file(fileSetting, path) {
            let lines = SecretText.entries(text)
            secrets += lines.compactMap {
                source.sessionKey(fileSetting, String($0.text), place: "line \($0.number) of \(path)")
            }
            if lines.isEmpty {
                source.problem(fileSetting, "\(path) holds no key", "Add one: welkin-launch generate-key >> \(path)")
            }
        }
        if path == nil, value == nil {
            source.problem(
                setting, "it is not set, and neither is \(fileSetting)",
                "Set it to what welkin-launch generate-key prints")
        }
        return SessionKeys(secrets)
    }

    private static func stateFolder(_ source: inout SettingsSource) -> String? {
        let (setting, path) = source.value("STATE_DIR")
        guard let path else { return nil }
        if let reason = StateFolder.reasonUnusable(path) {
            let shown = SettingsSource.shown(path)
            source.problem(
                setting, "\(shown) cannot be used: \(reason)",
                "Make a folder that only this program's user may enter: install -d -m 700 "
                    + (shown == path ? path : "FOLDER"))
        }
        return path
    }
}
