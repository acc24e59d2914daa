package import Identifiers
package import Platform
package import Sessions
import Settings
import Tokens

/// One App of the deployment: who may launch it, and its session policy.
///
/// A class, so that passing it on costs one reference count instead of one for each part.
package final class App: Sendable {
    /// Its name, its URL and the rules for its sessions.
    package let policy: SessionPolicy
    /// Every live secret of every client, in one list, because the token names its client
    /// only inside the signed part.
    package let secrets: [ClientSecret]
    /// Their keys, in the same order.
    let keys: [MACKey]
    /// The required value of `iss`.
    package let issuer: String
    /// Welkin's page, the only one that may frame the App.
    package let hostOrigin: Origin
    /// How many seconds two honest clocks may differ.
    package let leeway: Int64

    /// The name in its paths.
    package var name: AppName { policy.app }
    /// Where its launches are posted.
    package var url: AppURL { policy.url }

    init(policy: SessionPolicy, secrets: [ClientSecret], issuer: String, hostOrigin: Origin, leeway: Int64) {
        self.policy = policy
        self.secrets = secrets
        keys = secrets.map(\.key)
        self.issuer = issuer
        self.hostOrigin = hostOrigin
        self.leeway = leeway
    }
}

extension App {
    /// Nil, with problems in `source`, when a setting is invalid or has no default and is missing.
    convenience init?(name: AppName, from source: inout SettingsSource) {
        let policy = SessionPolicy(app: name, from: &source)
        let secrets = Self.secrets(name, &source)
        let hostOrigin = Self.hostOrigin(name, &source)
        let leeway = source.number(.clockLeeway, app: name)
        guard let policy, let hostOrigin, !secrets.isEmpty,
            let issuer = source.value(.issuer, app: name).value ?? Setting.issuer.standardValue
        else { return nil }
        self.init(policy: policy, secrets: secrets, issuer: issuer, hostOrigin: hostOrigin, leeway: Int64(leeway))
    }

    private static func hostOrigin(_ name: AppName, _ source: inout SettingsSource) -> Origin? {
        let (setting, value) = source.value(.hostOrigin, app: name)
        let origin = (value ?? Setting.hostOrigin.standardValue).flatMap { Origin(serialized: $0) }
        if origin == nil {
            source.problem(
                setting, "it is not an origin",
                "Set it to the scheme and host of Welkin's page, without a trailing slash, such as https://coach.welkinhealth.com"
            )
        }
        return origin
    }
}
