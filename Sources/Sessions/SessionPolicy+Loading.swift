package import Identifiers
import Platform
package import Settings

extension SessionPolicy {
    /// Nil, with problems in `source`, when a setting is invalid or has no default and is missing.
    package init?(app: AppName, from source: inout SettingsSource) {
        let url = Self.url(app, &source)
        let provider: ProviderID? = source.id(
            .providerID, app: app, "Set it to the provider's GUID, or leave it out to accept every environment")
        let offersHandoff = source.isOn(.handoff, app: app)
        let idle = source.number(.sessionIdle, app: app)
        let maximum = source.number(.sessionMaximum, app: app)
        guard let url, let offersHandoff else { return nil }
        self.init(
            app: app, url: url, provider: provider, idle: Int64(idle), maximum: Int64(maximum),
            offersHandoff: offersHandoff)
    }

    private static func url(_ app: AppName, _ source: inout SettingsSource) -> AppURL? {
        let (setting, value) = source.value(.appURL, app: app)
        guard var value else {
            source.problem(
                setting, "it is not set",
                "Set it to the App URL that Welkin has on file, such as https://app.example.org/launch")
            return nil
        }
        // The plain setting is the main App's; the URLs of the others extend it.
        if app != .main, !source.hasOwn(.appURL, app: app) { value += "/\(app.text)" }
        guard let url = AppURL(value, app: app) else {
            let ending = app == .main ? "/launch" : "/launch/\(app.text)"
            source.problem(
                setting, "it is not a lower-case https URL that ends in \(ending)",
                "Use the App URL that Welkin has on file; http is allowed only for this machine, such as http://localhost:8480\(ending)"
            )
            return nil
        }
        return url
    }
}
