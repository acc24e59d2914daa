import Identifiers
import Settings
import Tokens

extension App {
    /// A shorter secret is not from Welkin: it may come from a half-written file.
    private static let minimumSecret = 16

    /// Every live secret of the App's clients. An App that has credentials of its own uses
    /// no others.
    static func secrets(_ name: AppName, _ source: inout SettingsSource) -> [ClientSecret] {
        let own = [Setting.clientID, .clientSecret, .credentialsFile].contains { source.hasOwn($0, app: name) }
        func value(_ setting: Setting) -> (name: String, value: String?) {
            guard own else { return source.value(setting) }
            return (setting.name(for: name), source[setting.name(for: name)])
        }
        let (clientSetting, client) = value(.clientID)
        let (secretSetting, secretText) = value(.clientSecret)
        let (fileSetting, path) = value(.credentialsFile)
        var secrets: [ClientSecret] = []
        if let client, let secretText {
            add(client, secretText, of: (clientSetting, secretSetting), to: &secrets, &source)
        } else if path == nil || secretText != nil {
            // A client id with only the file is fine: the worker may need it.
            missing(client, secretText, clientSetting, secretSetting, fileSetting, &source)
        }
        if let path { addFile(path, fileSetting, to: &secrets, &source) }
        return secrets
    }

    private static func missing(
        _ client: String?, _ secret: String?, _ clientSetting: String, _ secretSetting: String,
        _ fileSetting: String, _ source: inout SettingsSource
    ) {
        let remedy = "Set it to what Welkin issued for this App, or name a file of such pairs in \(fileSetting)"
        if client == nil { source.problem(clientSetting, "it is not set", remedy) }
        if secret == nil { source.problem(secretSetting, "it is not set", remedy) }
    }

    /// Lines of `client_id secret`; `#` and `;` start comment lines.
    private static func addFile(
        _ path: String, _ setting: String, to secrets: inout [ClientSecret], _ source: inout SettingsSource
    ) {
        guard let text = source.file(setting, path) else { return }
        let lines = SecretText.entries(text)
        for line in lines {
            let place = "line \(line.number) of \(path)"
            let words = line.text.split(whereSeparator: { $0 == " " || $0 == "\t" })
            guard words.count == 2 else {
                source.problem(
                    setting, "\(place) must be two words, client id and secret", "Correct it, or comment it out with #")
                continue
            }
            add(
                String(words[0]), String(words[1]), of: (setting, setting), place: place, to: &secrets, &source)
        }
        if lines.isEmpty {
            source.problem(setting, "\(path) contains no credentials", "Add lines of client id and secret")
        }
    }

    /// Neither is ever printed, because the two may be swapped.
    private static func add(
        _ client: String, _ text: String, of setting: (client: String, secret: String), place: String? = nil,
        to secrets: inout [ClientSecret], _ source: inout SettingsSource
    ) {
        let inPlace = place.map { " in \($0)" } ?? ""
        let order = "Put the client id first and the secret second, as Welkin issued them"
        guard let secret = source.secret(setting.secret, text, place: place.map { "the secret in \($0)" } ?? "it")
        else {
            return
        }
        guard let id = ClientID(client) else {
            return source.problem(
                setting.client, "the client id\(inPlace) is invalid: use at most 40 letters, digits and -._~:@", order)
        }
        guard secret.count >= minimumSecret else {
            return source.problem(
                setting.secret, "the secret\(inPlace) has only \(secret.count) bytes and could be guessed",
                "Paste the whole secret that Welkin issued")
        }
        if secret.count < 32 {
            source.warn(
                setting.secret, "the secret\(inPlace) has only \(secret.count) bytes",
                "Ask Welkin for a longer one (RFC 7518, section 3.2: 32 bytes)")
        }
        if Identifier.isGUID(text), !Identifier.isGUID(client) {
            source.warn(
                setting.secret,
                "the secret\(inPlace) looks like an id, and the client id does not: are they swapped?", order)
        }
        secrets.append(ClientSecret(client: id, secret: secret))
    }
}
