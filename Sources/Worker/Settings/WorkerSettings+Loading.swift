package import DataAPI
package import Launch
internal import Sync
internal import Tokens

extension WorkerSettings {
    /// Reads the settings from the environment and the files that it names.
    ///
    /// - Parameter readFile: ``SettingsFile/read(_:)``, or a test's stand-in.
    package static func load(
        environment: [String: String], readFile: @escaping SettingsSource.FileReader = SettingsFile.read
    ) -> LoadedWorkerSettings<WorkerSettings> {
        var source = SettingsSource(environment: environment, readFile: readFile)
        let replica = ReplicaSettings(from: &source, needsProvider: true)
        let access = Access(from: &source)
        let resources = Self.resources(&source)
        let filterValues = Self.filterValues(&source)
        var sync = SyncSettings()
        sync.overlap = .seconds(source.whole("SYNC_OVERLAP", standard: 300, range: 0...86_400, of: "seconds"))
        sync.settle = .seconds(source.whole("SYNC_SETTLE", standard: 10, range: 0...3600, of: "seconds"))
        sync.pageSize = source.whole("SYNC_PAGE_SIZE", standard: 100, range: 1...1000, of: "records")
        let jobs = source.whole("SYNC_JOBS", standard: 2, range: 1...16, of: "streams")
        let heartbeat = Self.heartbeat(&source)
        source.warnOfUnknownNames()
        var settings: WorkerSettings?
        if source.problems.isEmpty, let replica, let access {
            settings = WorkerSettings(
                replica: replica, access: access, resources: resources, filterValues: filterValues, sync: sync,
                jobs: jobs, heartbeat: heartbeat)
        }
        return LoadedWorkerSettings(value: settings, problems: source.problems, warnings: source.warnings)
    }

    static func resources(_ source: inout SettingsSource) -> [Resource] {
        let (setting, names) = source.list("RESOURCES")
        guard !names.isEmpty else { return Catalogue.resources }
        return names.enumerated().compactMap { index, name in
            let resource = Catalogue.resource(named: name)
            if resource == nil {
                // What cannot be a resource's name may be something that nobody may see.
                let isName =
                    name.count <= 32 && name.allSatisfy { $0.isASCII && $0.isLowercase || $0 == "_" || $0 == "-" }
                source.problem(
                    setting, "\(isName ? name : "word \(index + 1) of it") is not in the catalogue",
                    Catalogue.suggestion(for: name).map { "Did you mean \($0)?" }
                        ?? "Use names that welkin-worker schema prints; others can be pulled with sync --resource")
            }
            return resource
        }
    }

    static func filterValues(_ source: inout SettingsSource) -> [String: [String]] {
        var values: [String: [String]] = [:]
        for resource in Resource.filtered {
            let given = source.list(resource.filterSetting).values
            if !given.isEmpty { values[resource.name] = given }
        }
        return values
    }

    private static func heartbeat(_ source: inout SettingsSource) -> Secret? {
        let (setting, value) = source.value("HEARTBEAT_URL")
        guard let value else { return nil }
        guard value.hasPrefix("https://") || value.hasPrefix("http://"), !value.contains(where: \.isWhitespace) else {
            source.problem(setting, "it is not a URL", "Set it to what your monitoring gave you, or leave it out")
            return nil
        }
        return Secret(Array(value.utf8))
    }
}

extension ReplicaSettings {
    /// For the commands that only need the replica.
    ///
    /// - Parameter needsProvider: for those that write to it.
    package static func load(
        environment: [String: String], needsProvider: Bool = false,
        readFile: @escaping SettingsSource.FileReader = SettingsFile.read
    ) -> LoadedWorkerSettings<ReplicaSettings> {
        var source = SettingsSource(environment: environment, readFile: readFile)
        let settings = ReplicaSettings(from: &source, needsProvider: needsProvider)
        source.warnOfUnknownNames()
        return LoadedWorkerSettings(
            value: source.problems.isEmpty ? settings : nil, problems: source.problems, warnings: source.warnings)
    }

    init?(from source: inout SettingsSource, needsProvider: Bool) {
        let example = "/var/lib/welkin-worker/replica.db"
        let (setting, path) = source.path("REPLICA", such: example)
        if source.value("REPLICA").value == nil {
            source.problem(setting, "it is not set", "Set it to a file, such as \(example)")
        }
        let (providerSetting, provider) = source.value("PROVIDER_ID")
        if let provider, Identifier(provider) == nil {
            source.problem(providerSetting, "it is not an id as Welkin gives them", "Set it to the provider's GUID")
        }
        if provider == nil, needsProvider {
            source.problem(
                providerSetting, "it is not set",
                "Set it to the GUID of the Welkin environment whose records the replica holds")
        }
        guard let path else { return nil }
        self.init(path: path, provider: provider)
    }
}

extension Catalogue {
    /// The name in it that a mistyped one may mean; nil for a name that is in it, or is far from all.
    package static func suggestion(for name: String) -> String? {
        Suggestion.nearest(to: name, among: resources.map(\.name))
    }
}

extension Resource {
    /// Those whose Find requires a filter, and that have records to pull.
    static var filtered: [Resource] { Catalogue.resources.filter { $0.isWindowed && !$0.requiredFilters.isEmpty } }

    /// The setting of the filter's values, without `WELKIN_`: `FILTER_AUDIT_LOGS`.
    package var filterSetting: String { "FILTER_" + name.uppercased() }
}
