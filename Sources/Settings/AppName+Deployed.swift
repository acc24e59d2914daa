package import Identifiers
import Platform

extension AppName {
    /// Like ``deployed(_:)``, but ignores the problems.
    package static func deployed(in source: SettingsSource) -> [AppName] {
        var copy = source
        return deployed(&copy)
    }

    /// The names in `WELKIN_APPS`, in its order; only the main App if it is not set. Adds problems to `source`.
    package static func deployed(_ source: inout SettingsSource) -> [AppName] {
        let setting = Setting.apps
        let list = source.value(setting).value
        guard let list = list ?? setting.standardValue else { return [] }
        var names: [AppName] = []
        for (index, item) in list.split(separator: ",").enumerated() {
            guard let name = AppName(String(item.trimmed)), !names.contains(name) else {
                source.problem(
                    setting.name, "name \(index + 1) is not a valid App name, or appears twice",
                    "Use a lower-case letter and at most 15 lower-case letters, digits or hyphens for each, separated by commas: main,video"
                )
                continue
            }
            if let taken = settingOfWorker(takenBy: name) {
                source.problem(
                    setting.name,
                    "an App cannot be named \(name.text): its \(taken) would be a setting of welkin-worker",
                    "Choose another name")
            }
            names.append(name)
        }
        if names.isEmpty, source.problems.isEmpty {
            source.problem(setting.name, "it names no App", "Leave it out, or list the Apps: main,video")
        }
        return names
    }

    /// The setting of welkin-worker that an App of this name would take as its own; nil when none clashes.
    private static func settingOfWorker(takenBy app: AppName) -> String? {
        let names = Set(Setting.of(.worker).map(\.name))
        return Setting.all.lazy.filter(\.isPerApp).map { $0.name(for: app) }.first(where: names.contains)
    }
}
