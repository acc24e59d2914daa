package import Identifiers
package import Platform
package import Sessions
import Tokens

/// One App of the deployment: who may launch it, and what its sessions are like.
///
/// A class, so that handing it on costs one reference count and not one for each part.
package final class App: Sendable {
    /// Its name, where it is, and what its sessions are like.
    package let policy: SessionPolicy
    /// Every live secret of every client, in one list, since the token names its client only
    /// inside what is signed.
    package let secrets: [ClientSecret]
    /// Their keys, in the same order.
    let keys: [MACKey]
    /// What `iss` has to be.
    package let issuer: String
    /// Welkin's page, the only one that may frame the App.
    package let hostOrigin: Origin
    /// Seconds that two honest clocks may differ.
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
