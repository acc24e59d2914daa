package import Identifiers
package import Sessions

/// Everything that the handler is told by its operator, checked.
package final class LaunchSettings: Sendable {
    /// At least one, each with a name of its own.
    package let apps: [App]
    /// The project's own keys, for sessions and hand-offs.
    package let keys: SessionKeys
    /// `WELKIN_STATE_DIR`: where it is written down what must happen only once.
    package let stateFolder: String?

    init(apps: [App], keys: SessionKeys, stateFolder: String?) {
        self.apps = apps
        self.keys = keys
        self.stateFolder = stateFolder
    }

    /// The App of that name; nil when the deployment has none.
    package func app(named name: AppName) -> App? { apps.first { $0.name == name } }
}
