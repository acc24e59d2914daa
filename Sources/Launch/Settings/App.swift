package import Identifiers
package import Platform
package import Sessions
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
