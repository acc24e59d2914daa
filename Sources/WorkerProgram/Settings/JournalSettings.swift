package import Identifiers
import Platform
package import Settings

/// The settings of a command that writes to the journal.
package struct JournalSettings: Sendable {
    /// `WELKIN_REPLICA`, `WELKIN_PROVIDER_ID`, and the journal's file.
    package let stores: BoundReplicaSettings
    /// `WELKIN_AUDIT_DAYS`: how long an entry of the audit is kept.
    package let auditLifetime: Duration

    /// The journal's file.
    package var path: String { stores.journal }

    /// The provider whose journal it is.
    package var provider: ProviderID { stores.provider }

    /// For the commands that need only the journal.
    package static func load(
        environment: [String: String], readFile: @escaping SettingsSource.FileReader = TextFile.read
    ) -> LoadedSettings<JournalSettings> {
        LoadedSettings(environment: environment, readFile: readFile) { JournalSettings(from: &$0) }
    }

    init?(from source: inout SettingsSource) {
        let stores = BoundReplicaSettings(from: &source)
        auditLifetime = .seconds(86_400 * source.number(.auditDays))
        guard let stores else { return nil }
        self.stores = stores
    }

    /// The journal's file; nil, with a problem, if it cannot be one.
    static func path(_ source: inout SettingsSource, beside replica: String) -> String? {
        guard source.value(.journal).value != nil else { return FilePath.split(replica).folder + "/journal.db" }
        let (setting, path) = source.path(.journal)
        guard let path else { return nil }
        guard path != replica else {
            source.problem(setting, "it is the same file as WELKIN_REPLICA", "Name another file, or leave it out")
            return nil
        }
        return path
    }
}
