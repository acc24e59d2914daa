internal import Gateway

/// Reads single settings, and collects what is wrong with them instead of stopping at the first.
package struct SettingsSource {
    /// The text of a file and whether everybody may read it; nil with the reason when it cannot be read.
    package typealias FileReader = (String) -> Result<SettingsFile, SettingsFile.ReadError>

    package private(set) var problems: [SettingsProblem] = []
    package private(set) var warnings: [SettingsProblem] = []
    private(set) var files: [WatchedFile] = []
    private var values: [String: String]
    private let readFile: FileReader
    /// Whether the file that `WELKIN_CONFIG` names could not be read. What is missing then may well be in it: nothing
    /// else is said.
    package private(set) var lacksFile = false

    /// - Parameter environment: goes before what the file named by `WELKIN_CONFIG` says.
    package init(environment: [String: String], readFile: @escaping FileReader) {
        self.readFile = readFile
        values = environment
        guard let path = environment["WELKIN_CONFIG"], !path.isEmpty else { return }
        guard let text = file("WELKIN_CONFIG", path) else {
            lacksFile = true
            return
        }
        let file = EnvironmentFile(text)
        for line in file.problems {
            problem("WELKIN_CONFIG", "line \(line.line) of \(path) \(line.problem)", line.remedy)
        }
        for (name, lines) in file.repeated.sorted(by: { $0.value[0] < $1.value[0] }) {
            let numbers = lines.dropLast().map { "\($0)" }.joined(separator: ", ")
            warn(
                "WELKIN_CONFIG",
                "\(name) stands in lines \(numbers) and \(lines.last!) of \(path), and the last one counts",
                "Keep one of them")
        }
        values.merge(file.values) { mine, _ in mine }
    }

    package var names: Dictionary<String, String>.Keys { values.keys }

    /// The setting of one App: `WELKIN_VIDEO_ISSUER` if it is there, else `WELKIN_ISSUER`.
    ///
    /// - Returns: the setting's name, as found or as it would plainly be called, and its value.
    package func value(_ suffix: String, app: AppName? = nil) -> (name: String, value: String?) {
        if let app {
            let own = Self.name(suffix, app)
            if let value = values[own], !value.isEmpty { return (own, value) }
        }
        let plain = "WELKIN_" + suffix
        return (plain, values[plain].flatMap { $0.isEmpty ? nil : $0 })
    }

    /// A variable that other programs know, too, such as `HTTPS_PROXY`; nil where it is empty.
    package func value(named name: String) -> String? { values[name].flatMap { $0.isEmpty ? nil : $0 } }

    /// Whether the App has a setting of its own of this name.
    func hasOwn(_ suffix: String, app: AppName) -> Bool { values[Self.name(suffix, app)]?.isEmpty == false }

    static func name(_ suffix: String, _ app: AppName) -> String {
        "WELKIN_" + app.text.uppercased().map { $0 == "-" ? "_" : $0 } + "_" + suffix
    }

    /// The setting of welkin-worker that an App of this name would take for its own; nil when there is none.
    static func workerSetting(takenBy app: AppName) -> String? {
        let workers = ["WELKIN_DATA_CLIENT_ID", "WELKIN_DATA_CLIENT_SECRET"]
        return App.settingSuffixes.lazy.map { name($0, app) }.first(where: workers.contains)
    }

    /// A whole number of seconds, `standard` when it is not set or wrong.
    mutating func seconds(_ suffix: String, app: AppName, standard: Int64, range: ClosedRange<Int64>) -> Int64 {
        let (name, value) = value(suffix, app: app)
        guard let value else { return standard }
        guard let number = Int64(value), range.contains(number) else {
            problem(
                name, "it is not a whole number of seconds from \(range.lowerBound) to \(range.upperBound)",
                "Set it to one, or leave it out for \(standard)")
            return standard
        }
        return number
    }

    /// The text of a file that holds settings or secrets; nil, and a problem, when it cannot be had.
    package mutating func file(_ setting: String, _ path: String) -> String? {
        let result = readFile(path)
        if !files.contains(where: { $0.path == path }) {
            files.append(WatchedFile(path: path, stamp: try? result.get().stamp))
        }
        switch result {
        case .failure(let error):
            problem(
                setting, "\(Self.shown(path)) cannot be read: \(error.reason)",
                "Name a file that this program's user may read")
            return nil
        case .success(let file):
            if file.isReadableByEverybody {
                warn(setting, "everybody on this machine may read \(path)", "chmod 640 \(path)")
            }
            return file.text
        }
    }

    /// How a problem calls the file or folder that a setting names. A secret may have been put where a path belongs:
    /// what is in no folder of this machine is not repeated.
    package static func shown(_ path: String) -> String {
        guard path.hasPrefix("/"), let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")), slash != path.startIndex,
            FileStamp(of: String(path[..<slash])) != nil
        else { return "what it names" }
        return path
    }

    package mutating func problem(_ setting: String, _ problem: String, _ remedy: String) {
        guard !lacksFile else { return }
        let new = SettingsProblem(setting: setting, problem: problem, remedy: remedy)
        // Several Apps that share a setting share its problem.
        if !problems.contains(new) { problems.append(new) }
    }

    package mutating func warn(_ setting: String, _ problem: String, _ remedy: String) {
        guard !lacksFile else { return }
        let new = SettingsProblem(setting: setting, problem: problem, remedy: remedy)
        if !warnings.contains(new) { warnings.append(new) }
    }
}
