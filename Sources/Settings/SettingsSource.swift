package import Identifiers
package import Platform

/// Reads single settings, and collects all problems instead of stopping at the first.
package struct SettingsSource {
    /// Reads the text of a file and whether everybody can read it; fails with the reason.
    package typealias FileReader = (String) -> Result<TextFile, TextFile.ReadError>

    package private(set) var problems: [SettingsProblem] = []
    package private(set) var warnings: [SettingsProblem] = []
    package private(set) var files: [WatchedFile] = []
    private var values: [String: String]
    private let readFile: FileReader
    /// Whether the file that `WELKIN_CONFIG` names could not be read. Nothing else is reported then, because the
    /// missing settings are probably in it.
    package private(set) var lacksFile = false

    /// - Parameter environment: takes precedence over the files that `WELKIN_CONFIG` names.
    package init(environment: [String: String], readFile: @escaping FileReader) {
        self.readFile = readFile
        values = environment
        var origins: [String: String] = [:]
        for path in (environment[Setting.config.name] ?? "").split(separator: ":").map(String.init) {
            guard let text = file(Setting.config.name, path) else {
                lacksFile = true
                return
            }
            add(EnvironmentFile(text), path, &origins)
        }
    }

    /// Takes the values of one of the files that `WELKIN_CONFIG` names.
    ///
    /// - Parameter origins: by name, the file that has it.
    private mutating func add(_ file: EnvironmentFile, _ path: String, _ origins: inout [String: String]) {
        let setting = Setting.config.name
        for line in file.problems {
            problem(setting, "line \(line.line) of \(path) \(line.problem)", line.remedy)
        }
        for (name, lines) in file.repeated.sorted(by: { $0.value[0] < $1.value[0] }) {
            let numbers = lines.dropLast().map { "\($0)" }.joined(separator: ", ")
            warn(
                setting,
                "\(name) is set in lines \(numbers) and \(lines.last!) of \(path); the last one applies",
                "Keep one of them")
        }
        for (name, value) in file.values.sorted(by: { $0.key < $1.key }) {
            // Files that two programs share may agree, but none may overrule another silently.
            if let first = origins[name], values[name] != value {
                problem(
                    setting, "\(name) has different values in \(first) and \(path)",
                    "Remove it from one of them, or write the same value")
            } else if values[name] == nil {
                (values[name], origins[name]) = (value, path)
            }
        }
    }

    package var names: Dictionary<String, String>.Keys { values.keys }

    /// The setting of one App: `WELKIN_VIDEO_ISSUER` if it is set, else `WELKIN_ISSUER`.
    ///
    /// - Returns: the name that was found, or else the plain name, and the value; nil when it is not set or empty.
    package func value(_ setting: Setting, app: AppName? = nil) -> (name: String, value: String?) {
        if let app, let value = self[setting.name(for: app)] { return (setting.name(for: app), value) }
        return (setting.name, self[setting.name])
    }

    /// Whether the App has its own value of this setting.
    package func hasOwn(_ setting: Setting, app: AppName) -> Bool { self[setting.name(for: app)] != nil }

    /// The value of a variable; nil when it is not set or empty.
    package subscript(name: String) -> String? { values[name].flatMap { $0.isEmpty ? nil : $0 } }

    /// A whole number within the setting's range; the default when it is not set or invalid.
    package mutating func number(_ setting: Setting, app: AppName? = nil) -> Int {
        guard case .number(let range, let unit) = setting.form,
            let standard = setting.standardValue.flatMap({ Int($0) })
        else { preconditionFailure("\(setting.name) is declared as something else than a number with a default") }
        let (name, value) = value(setting, app: app)
        guard let value else { return standard }
        guard let number = Int(value), range.contains(number) else {
            problem(
                name, "it is not a whole number of \(unit) from \(range.lowerBound) to \(range.upperBound)",
                "Correct it, or leave it out to use \(standard)")
            return standard
        }
        return number
    }

    /// `on` or `off`; nil, with a problem, for anything else.
    package mutating func isOn(_ setting: Setting, app: AppName? = nil) -> Bool? {
        let (name, value) = value(setting, app: app)
        switch value ?? setting.standardValue {
        case "on": return true
        case "off": return false
        default:
            problem(name, "it is neither on nor off", "Set it to on or off")
            return nil
        }
    }

    /// One of the setting's words; the default, with a problem, for anything else.
    package mutating func choice(_ setting: Setting) -> String {
        guard case .choice(let words) = setting.form, let standard = setting.standardValue else {
            preconditionFailure("\(setting.name) is declared as something else than a choice with a default")
        }
        let (name, value) = value(setting)
        guard let value, !words.contains(value) else { return value ?? standard }
        problem(
            name, "it is none of \(words.joined(separator: ", "))", "Correct it, or leave it out to use \(standard)")
        return standard
    }

    /// An absolute path; nil, with a problem, for any other. Nothing is expanded: systemd and cron expand nothing
    /// either, and nobody wants a folder named `$HOME`.
    package mutating func path(_ setting: Setting) -> (name: String, path: String?) {
        let (name, value) = value(setting)
        guard let value else { return (name, nil) }
        let problem: String? =
            if value.contains("$") {
                "it contains a $, but variables are not expanded here"
            } else if value.hasPrefix("~") {
                "it begins with ~, which is not expanded here"
            } else if !value.hasPrefix("/") {
                "it is a relative path, and the folder it starts from can change from run to run"
            } else {
                nil
            }
        guard let problem else { return (name, value) }
        self.problem(name, problem, "Write the absolute path\(setting.example.map { ", such as \($0)" } ?? "")")
        return (name, nil)
    }

    /// Words separated by commas or blanks, each once; the default's words when it is not set.
    package func words(_ setting: Setting, app: AppName? = nil) -> (name: String, words: [String]) {
        let (name, value) = value(setting, app: app)
        var words: [String] = []
        for word in (value ?? setting.standardValue ?? "").split(whereSeparator: { $0 == "," || $0.isWhitespace }).map(
            String.init)
        where !words.contains(word) {
            words.append(word)
        }
        return (name, words)
    }

    /// A Welkin id; nil when it is not set; nil, with a problem, when it is invalid.
    package mutating func id<ID: WelkinID>(
        _ setting: Setting, app: AppName? = nil, _ remedy: String
    ) -> ID? {
        let (name, value) = value(setting, app: app)
        guard let value else { return nil }
        let id = ID(value)
        if id == nil { problem(name, "it is not a valid Welkin id", remedy) }
        return id
    }

    /// The text of a file with settings or secrets; nil, with a problem, when it cannot be read.
    package mutating func file(_ setting: String, _ path: String) -> String? {
        let result = readFile(path)
        if !files.contains(where: { $0.path == path }) {
            files.append(WatchedFile(path: path, stamp: try? result.get().stamp))
        }
        switch result {
        case .failure(let error):
            problem(
                setting, "\(Self.shown(path)) cannot be read: \(error.reason)",
                "Name a file that this program's user can read")
            return nil
        case .success(let file):
            if file.isReadableByEverybody {
                warn(setting, "everybody on this machine can read \(path)", "chmod 640 \(path)")
            }
            return file.text
        }
    }

    /// How a problem refers to the path in a setting. Somebody may have put a secret where a path belongs, so a path
    /// whose folder does not exist on this machine is not repeated.
    package static func shown(_ path: String) -> String {
        guard path.hasPrefix("/"), let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")), slash != path.startIndex,
            FileStamp(of: String(path[..<slash])) != nil
        else { return "the path it names" }
        return path
    }

    package mutating func problem(_ setting: String, _ problem: String, _ remedy: String) {
        guard !lacksFile else { return }
        let new = SettingsProblem(setting: setting, problem: problem, remedy: remedy)
        // Several Apps that share a setting share its problem.
        if !problems.contains(new) { problems.append(new) }
    }

    package mutating func warn(_ setting: String, _ problem: String, _ remedy: String) {
        warn(SettingsProblem(setting: setting, problem: problem, remedy: remedy))
    }

    package mutating func warn(_ new: SettingsProblem) {
        guard !lacksFile else { return }
        if !warnings.contains(new) { warnings.append(new) }
    }
}
