internal import Gateway

extension Settings {
    /// Names that begin like settings and are none: a typing error there is a setting that silently
    /// does nothing. For the operator's check, not for every start.
    ///
    /// - Parameter environment: as for ``load(environment:)``.
    public static func unknownNames(environment: [String: String]) -> [SettingsProblem] {
        let source = SettingsSource(environment: environment, readFile: SettingsFile.read)
        let apps = (source.value("APPS").value ?? "main").split(separator: ",").compactMap {
            AppName(String($0.trimmed))
        }
        var known: Set<String> = [
            "WELKIN_CONFIG", "WELKIN_APPS", "WELKIN_SESSION_KEY", "WELKIN_SESSION_KEYS_FILE", "WELKIN_STATE_DIR",
        ]
        for suffix in App.settingSuffixes {
            known.insert("WELKIN_" + suffix)
            for app in apps { known.insert(SettingsSource.name(suffix, app)) }
        }
        guard !source.lacksFile else { return [] }
        return source.names.sorted().filter { $0.hasPrefix("WELKIN_") && !known.contains($0) }.map { name in
            SettingsProblem(
                setting: name, problem: "welkin-launch has no such setting",
                remedy: Suggestion.nearest(to: name, among: known.sorted()).map { "Did you mean \($0)?" }
                    ?? "See the README's table; for an App of its own, name that App in WELKIN_APPS")
        }
    }
}
