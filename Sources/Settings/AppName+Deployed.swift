package import Identifiers
import Platform

extension AppName {
    /// As ``deployed(_:)``, for who does not care what is wrong with them.
    package static func deployed(in source: SettingsSource) -> [AppName] {
        var copy = source
        return deployed(&copy)
    }

    /// Those of `WELKIN_APPS`, in its order; the main App alone where it is not set. Problems are added to `source`.
    package static func deployed(_ source: inout SettingsSource) -> [AppName] {
        let (setting, list) = source.value(.apps)
        guard let list else { return [.main] }
        var names: [AppName] = []
        for (index, item) in list.split(separator: ",").enumerated() {
            guard let name = AppName(String(item.trimmed)), !names.contains(name) else {
                source.problem(
                    setting, "name \(index + 1) of it is not a name for an App, or stands twice",
                    "Use names of a lower-case letter and up to 15 lower-case letters, digits or hyphens, with commas between: main,video"
                )
                continue
            }
            if let taken = settingOfWorker(takenBy: name) {
                source.problem(
                    setting, "an App cannot be called \(name.text): its \(taken) would be welkin-worker's setting",
                    "Call it something else")
            }
            names.append(name)
        }
        if names.isEmpty, source.problems.isEmpty {
            source.problem(setting, "it names no App", "Leave it out, or name them: main,video")
        }
        return names
    }

    /// The setting of welkin-worker that an App of this name would take for its own; nil when there is none.
    private static func settingOfWorker(takenBy app: AppName) -> String? {
        let names = Set(Setting.of(.worker).map(\.name))
        return Setting.all.lazy.filter(\.isPerApp).map { $0.name(for: app) }.first(where: names.contains)
    }
}
