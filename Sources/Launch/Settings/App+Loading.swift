import Identifiers
import Platform
import Sessions
import Settings

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
