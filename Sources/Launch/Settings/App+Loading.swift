internal import Tokens

extension App {
    /// The settings that every App can have for itself, without `WELKIN_` or `WELKIN_APP_`.
    static let settingSuffixes = [
        "APP_URL", "CLIENT_ID", "CLIENT_SECRET", "CREDENTIALS_FILE", "PROVIDER_ID", "ISSUER",
        "HOST_ORIGIN", "CLOCK_LEEWAY", "SESSION_IDLE", "SESSION_MAX", "HANDOFF",
    ]

    /// Nil, and problems in `source`, when something that has no default is missing or wrong.
    convenience init?(name: AppName, from source: inout SettingsSource) {
        let url = Self.url(name, &source)
        let secrets = Self.secrets(name, &source)
        let provider = Self.provider(name, &source)
        let hostOrigin = Self.hostOrigin(name, &source)
        let offersHandoff = Self.handoff(name, &source)
        let leeway = source.seconds("CLOCK_LEEWAY", app: name, standard: 30, range: 0...300)
        let idle = source.seconds("SESSION_IDLE", app: name, standard: 900, range: 60...86_400)
        let maximum = source.seconds("SESSION_MAX", app: name, standard: 28_800, range: 60...604_800)
        guard let url, let hostOrigin, let offersHandoff, !secrets.isEmpty else { return nil }
        self.init(
            name: name, url: url, secrets: secrets, provider: provider,
            issuer: source.value("ISSUER", app: name).value ?? "coach.welkinhealth.com", hostOrigin: hostOrigin,
            leeway: leeway, sessionIdle: idle, sessionMaximum: maximum, offersHandoff: offersHandoff)
    }

    private static func url(_ name: AppName, _ source: inout SettingsSource) -> AppURL? {
        let (setting, value) = source.value("APP_URL", app: name)
        guard var value else {
            source.problem(
                setting, "it is not set",
                "Set it to the App URL that Welkin has on file, such as https://app.example.org/launch")
            return nil
        }
        // The plain setting is the main App's; the others hang under it.
        if name != .main, !source.hasOwn("APP_URL", app: name) { value += "/\(name.text)" }
        guard let url = AppURL(value, app: name) else {
            let ending = name == .main ? "/launch" : "/launch/\(name.text)"
            source.problem(
                setting, "it is not an https URL, lower case, that ends in \(ending)",
                "Use the App URL that Welkin has on file; http is only for localhost and names that end in .localhost")
            return nil
        }
        return url
    }

    private static func provider(_ name: AppName, _ source: inout SettingsSource) -> Identifier? {
        let (setting, value) = source.value("PROVIDER_ID", app: name)
        guard let value else { return nil }
        let provider = Identifier(value)
        if provider == nil {
            source.problem(
                setting, "it is not an id as Welkin gives them",
                "Set it to the provider's GUID, or leave it out to accept every environment")
        }
        return provider
    }

    private static func hostOrigin(_ name: AppName, _ source: inout SettingsSource) -> Origin? {
        let (setting, value) = source.value("HOST_ORIGIN", app: name)
        let origin = Origin(value ?? "https://coach.welkinhealth.com")
        if origin == nil {
            source.problem(
                setting, "it is not an origin",
                "Set it to scheme and host of Welkin's page, without a slash at the end, such as https://coach.welkinhealth.com"
            )
        }
        return origin
    }

    private static func handoff(_ name: AppName, _ source: inout SettingsSource) -> Bool? {
        let (setting, value) = source.value("HANDOFF", app: name)
        switch value {
        case nil, "on": return true
        case "off": return false
        default:
            source.problem(setting, "it is neither on nor off", "Set it to one of them")
            return nil
        }
    }
}
