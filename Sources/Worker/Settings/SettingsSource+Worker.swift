internal import DataAPI
internal import Launch

extension SettingsSource {
    /// A whole number; `standard` when it is not set or wrong.
    mutating func whole(_ suffix: String, standard: Int, range: ClosedRange<Int>, of unit: String) -> Int {
        let (setting, value) = value(suffix)
        guard let value else { return standard }
        guard let number = Int(value), range.contains(number) else {
            problem(
                setting, "it is not a whole number of \(unit) from \(range.lowerBound) to \(range.upperBound)",
                "Set it to one, or leave it out for \(standard)")
            return standard
        }
        return number
    }

    /// A file's path; nil, and a problem, where it is none that says by itself where the file is. Nothing is expanded:
    /// systemd and cron do not do it either, and a folder called `$HOME` is nobody's wish.
    mutating func path(_ suffix: String, such example: String) -> (name: String, path: String?) {
        let (setting, value) = value(suffix)
        guard let value else { return (setting, nil) }
        let problem: String? =
            if value.contains("$") {
                "it contains a $, and variables are not expanded here"
            } else if value.hasPrefix("~") {
                "it begins with ~, which is not expanded here"
            } else if !value.hasPrefix("/") {
                "it does not begin with /, and what it would be relative to changes with who starts this"
            } else {
                nil
            }
        guard let problem else { return (setting, value) }
        self.problem(setting, problem, "Write the whole path, such as \(example)")
        return (setting, nil)
    }

    /// Words with commas or blanks between them, each once; empty when it is not set.
    func list(_ suffix: String) -> (name: String, values: [String]) {
        let (setting, value) = value(suffix)
        var words: [String] = []
        for word in (value ?? "").split(whereSeparator: { $0 == "," || $0.isWhitespace }).map(String.init)
        where !words.contains(word) {
            words.append(word)
        }
        return (setting, words)
    }

    /// A typing error there is a setting that silently does nothing. Other programs of the project
    /// may share the file, so only names that begin like ours, or nearly are ours, are looked at.
    mutating func warnOfUnknownNames() {
        let known = Set(
            [
                "DATA_API_URL", "DATA_CLIENT_ID", "DATA_CLIENT_SECRET", "DATA_CLIENT_SECRET_FILE", "DATA_SCOPES",
                "DATA_REQUESTS_PER_SECOND", "DATA_CONCURRENT_REQUESTS", "REPLICA", "RESOURCES", "SYNC_OVERLAP",
                "SYNC_SETTLE", "SYNC_PAGE_SIZE", "SYNC_JOBS", "HEARTBEAT_URL", "PROVIDER_ID", "CONFIG",
            ] + Resource.filtered.map(\.filterSetting))
        let beginnings = ["DATA_", "REPLICA", "RESOURCE", "SYNC_", "FILTER_", "HEARTBEAT"]
        for name in names.sorted() where name.hasPrefix("WELKIN_") {
            let suffix = String(name.dropFirst(7))
            guard !known.contains(suffix) else { continue }
            let meant = Suggestion.nearest(to: suffix, among: known.sorted())
            guard meant != nil || beginnings.contains(where: suffix.hasPrefix) else { continue }
            warn(
                name, "welkin-worker has no such setting",
                meant.map { "Did you mean WELKIN_\($0)?" } ?? "See the README's table")
        }
    }
}
