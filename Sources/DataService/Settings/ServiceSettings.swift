package import Identifiers
package import Sessions

/// The operator's settings of the data service, validated.
package struct ServiceSettings: Sendable {
    /// At least one, each with a unique name.
    package let apps: [ServiceApp]
    /// The launch handler's keys.
    package let keys: SessionKeys
    /// `WELKIN_STATE_DIR`: where the launch handler records ended sessions.
    package let stateFolder: String?
    /// The only Welkin environment whose sessions are answered: the replica's.
    package let provider: ProviderID
    /// `WELKIN_ACCESS`
    package let access: AccessMode
    /// Whether sessions without a patient get their worker's schedule.
    package let showsSchedule: Bool
    /// Where notes are; nil for a clinic without notes.
    package let notes: NoteMapping?
    /// The time zone of a day if Welkin has none for the worker: `America/New_York`.
    package let timeZone: String
    /// The age in seconds at which data counts as stale.
    package let staleAfter: Int64

    /// One App of the deployment.
    package struct ServiceApp: Sendable {
        package let policy: SessionPolicy
        package let readable: ReadableFields

        package init(policy: SessionPolicy, readable: ReadableFields) {
            self.policy = policy
            self.readable = readable
        }
    }

    package init(
        apps: [ServiceApp], keys: SessionKeys, stateFolder: String?, provider: ProviderID, access: AccessMode,
        showsSchedule: Bool, notes: NoteMapping?, timeZone: String, staleAfter: Int64
    ) {
        self.apps = apps
        self.keys = keys
        self.stateFolder = stateFolder
        self.provider = provider
        self.access = access
        self.showsSchedule = showsSchedule
        self.notes = notes
        self.timeZone = timeZone
        self.staleAfter = staleAfter
    }
}
