package import Identifiers

extension SettingsSource {
    /// Names that begin like settings but are not, because a mistyped setting silently does nothing. Settings of the
    /// other programs, which may share the file, count as known. For an operator's check, not for every start.
    ///
    /// - Parameters:
    ///   - program: the program that checks. The launch handler's names can begin with any App's name, so it alone
    ///     warns of every unknown name; other programs warn of names that begin like theirs or are close to them.
    ///   - apps: the Apps, which can have settings of their own.
    package func unknownNames(of program: Setting.Program, apps: [AppName]) -> [SettingsProblem] {
        guard !lacksFile else { return [] }
        let own = Setting.of(program)
        var known = Set(Setting.all.map(\.name))
        var candidates = Set(own.map(\.name))
        for setting in Setting.all where setting.isPerApp {
            let names = apps.map(setting.name(for:))
            known.formUnion(names)
            if program == .launch { candidates.formUnion(names) }
        }
        let beginnings = own.filter { $0.programs == [program] && $0.name.hasPrefix(Setting.prefix) }
            .map { Self.beginning($0.name) }
        return names.sorted().compactMap { name in
            guard name.hasPrefix(Setting.prefix), !known.contains(name) else { return nil }
            let meant = Suggestion.nearest(to: name, among: candidates.sorted())
            guard program == .launch || meant != nil || beginnings.contains(where: Self.beginning(name).hasPrefix)
            else { return nil }
            let help = "Run \(program.rawValue) settings for the list"
            return SettingsProblem(
                setting: name, problem: "\(program.rawValue) has no such setting",
                remedy: meant.map { "Did you mean \($0)?" }
                    ?? (program == .launch ? help + "; for a setting of one App, name the App in WELKIN_APPS" : help))
        }
    }

    /// The first word after `WELKIN_`, in the singular.
    private static func beginning(_ name: String) -> Substring {
        let word = name.dropFirst(Setting.prefix.count).prefix { $0 != "_" }
        return word.last == "S" ? word.dropLast() : word
    }
}
