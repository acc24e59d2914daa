internal import Gateway
package import Tokens

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
        let (inFile, badLines) = EnvironmentFile.parse(text)
        for line in badLines {
            problem(
                "WELKIN_CONFIG", "line \(line) of \(path) is not NAME=VALUE",
                "Mend it, or begin it with # to make it a comment")
        }
        values.merge(inFile) { mine, _ in mine }
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
            problem(setting, "\(path) cannot be read: \(error.reason)", "Name a file that this program's user may read")
            return nil
        case .success(let file):
            if file.isReadableByEverybody {
                warn(setting, "everybody on this machine may read \(path)", "chmod 640 \(path)")
            }
            return file.text
        }
    }

    /// The bytes of a secret value; `base64:` in front means that it is encoded.
    package mutating func secret(_ setting: String, _ value: String) -> Secret? {
        guard value.hasPrefix("base64:") else { return Secret(Array(value.utf8)) }
        guard let bytes = Base64.decode(Array(value.utf8.dropFirst(7))[...]) else {
            problem(setting, "what follows base64: is not base64", "Paste it again, whole and without line breaks")
            return nil
        }
        return Secret(bytes)
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
