package import DataAPI
import Identifiers
import Platform
package import Settings
import Sync
import Tokens

extension WorkerSettings {
    /// Reads the settings from the environment and the files that it names.
    ///
    /// - Parameter readFile: ``TextFile/read(_:)``, or a test's stand-in.
    package static func load(
        environment: [String: String], readFile: @escaping SettingsSource.FileReader = TextFile.read
    ) -> LoadedSettings<WorkerSettings> {
        LoadedSettings(environment: environment, readFile: readFile) { WorkerSettings(from: &$0) }
    }

    private init?(from source: inout SettingsSource) {
        let replica = BoundReplicaSettings(from: &source)
        let access = Access(from: &source)
        let resources = Self.resources(&source)
        let filterValues = Self.filterValues(&source)
        var sync = SyncSettings()
        sync.overlap = .seconds(source.number(.syncOverlap))
        sync.settle = .seconds(source.number(.syncSettle))
        sync.pageSize = source.number(.syncPageSize)
        let jobs = source.number(.syncJobs)
        let heartbeat = Self.heartbeat(&source)
        guard let replica, let access else { return nil }
        self.init(
            replica: replica, access: access, resources: resources, filterValues: filterValues, sync: sync, jobs: jobs,
            heartbeat: heartbeat)
    }

    static func resources(_ source: inout SettingsSource) -> [Resource] {
        let (setting, names) = source.words(.resources)
        guard !names.isEmpty else { return Catalogue.resources }
        return names.enumerated().compactMap { index, name in
            let resource = Catalogue.resource(named: name)
            if resource == nil {
                // Text that cannot be a resource's name may be confidential.
                let isName =
                    name.count <= 32 && name.allSatisfy { $0.isASCII && $0.isLowercase || $0 == "_" || $0 == "-" }
                source.problem(
                    setting, "\(isName ? name : "word \(index + 1) of it") is not in the catalogue",
                    Catalogue.suggestion(for: name).map { "Did you mean \($0)?" }
                        ?? "Use names that welkin-worker schema prints; pull others with sync --resource")
            }
            return resource
        }
    }

    static func filterValues(_ source: inout SettingsSource) -> [String: [String]] {
        var values: [String: [String]] = [:]
        for (resource, setting) in Resource.filtered {
            // Without a setting, the catalogue's values apply, even to resources named on the command line.
            guard source.value(setting).value != nil else { continue }
            let given = source.words(setting).words
            if !given.isEmpty { values[resource.name] = given }
        }
        return values
    }

    private static func heartbeat(_ source: inout SettingsSource) -> Secret? {
        let (setting, value) = source.value(.heartbeatURL)
        guard let value else { return nil }
        guard value.hasPrefix("https://") || value.hasPrefix("http://"), !value.contains(where: \.isWhitespace) else {
            source.problem(setting, "it is not a URL", "Set it to what your monitoring gave you, or leave it out")
            return nil
        }
        return Secret(Array(value.utf8))
    }
}

extension ReplicaSettings {
    /// For the commands that need only the replica.
    package static func load(
        environment: [String: String], readFile: @escaping SettingsSource.FileReader = TextFile.read
    ) -> LoadedSettings<ReplicaSettings> {
        LoadedSettings(environment: environment, readFile: readFile) { ReplicaSettings(from: &$0) }
    }

    init?(from source: inout SettingsSource) {
        let (setting, path) = source.path(.replica)
        if source.value(.replica).value == nil {
            source.problem(setting, "it is not set", "Set it to a file, such as \(Setting.replica.example ?? "")")
        }
        let provider: ProviderID? = source.id(.providerID, "Set it to the provider's GUID")
        guard let path, let journal = JournalSettings.path(&source, beside: path) else { return nil }
        self.init(path: path, provider: provider, journal: journal)
    }
}

extension BoundReplicaSettings {
    /// For the commands that need only the replica, and write to it.
    package static func load(
        environment: [String: String], readFile: @escaping SettingsSource.FileReader = TextFile.read
    ) -> LoadedSettings<BoundReplicaSettings> {
        LoadedSettings(environment: environment, readFile: readFile) { BoundReplicaSettings(from: &$0) }
    }

    init?(from source: inout SettingsSource) {
        let settings = ReplicaSettings(from: &source)
        let (setting, provider) = source.value(.providerID)
        if provider == nil {
            source.problem(
                setting, "it is not set",
                "Set it to the GUID of the Welkin environment whose records the replica holds")
        }
        guard let settings, let provider = settings.provider else { return nil }
        self.init(path: settings.path, provider: provider, journal: settings.journal)
    }
}

extension LoadedSettings {
    /// Reads settings, and warns of names that only begin like the worker's.
    init(
        environment: [String: String], readFile: @escaping SettingsSource.FileReader,
        _ read: (inout SettingsSource) -> Value?
    ) {
        var source = SettingsSource(environment: environment, readFile: readFile)
        let value = read(&source)
        for problem in source.unknownNames(of: .worker, apps: AppName.deployed(in: source)) { source.warn(problem) }
        self.init(value, from: source)
    }
}

extension Catalogue {
    /// The name in it that a mistyped one may mean; nil for a name that is in it or resembles none.
    package static func suggestion(for name: String) -> String? {
        Suggestion.nearest(to: name, among: resources.map(\.name))
    }
}

extension Resource {
    /// Those whose Find requires a filter, and that have records to pull, with the setting of the filter's values.
    package static var filtered: [(resource: Resource, setting: Setting)] {
        Catalogue.resources.compactMap { resource in
            guard resource.isWindowed, !resource.requiredFilters.isEmpty else { return nil }
            return resource.filterSetting.map { (resource, $0) }
        }
    }

    /// The setting of the filter's values; nil for a resource whose Find requires none.
    package var filterSetting: Setting? {
        [.filterAlerts, .filterAuditLogs].first { $0.name == "WELKIN_FILTER_" + name.uppercased() }
    }
}
