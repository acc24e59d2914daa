package import Identifiers
package import Sessions

/// The operator's settings for the handler, validated.
package final class LaunchSettings: Sendable {
    /// At least one, each with a unique name.
    package let apps: [App]
    /// The project's own keys, for sessions and hand-offs.
    package let keys: SessionKeys
    /// `WELKIN_STATE_DIR`: records the events that may happen only once.
    package let stateFolder: String?

    init(apps: [App], keys: SessionKeys, stateFolder: String?) {
        self.apps = apps
        self.keys = keys
        self.stateFolder = stateFolder
    }

    /// The App of that name; nil when the deployment has none.
    package func app(named name: AppName) -> App? { apps.first { $0.name == name } }
}
