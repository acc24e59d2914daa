internal import Tokens

extension App {
    /// Every live secret of the App's clients. An App that has credentials of its own has no
    /// others.
    static func secrets(_ name: AppName, _ source: inout SettingsSource) -> [ClientSecret] {
        let own = ["CLIENT_ID", "CLIENT_SECRET", "CREDENTIALS_FILE"].contains { source.hasOwn($0, app: name) }
        func value(_ suffix: String) -> (name: String, value: String?) {
            guard own else { return source.value(suffix) }
            let setting = SettingsSource.name(suffix, name)
            return (setting, source.hasOwn(suffix, app: name) ? source.value(suffix, app: name).value : nil)
        }
        let (clientSetting, client) = value("CLIENT_ID")
        let (secretSetting, secretText) = value("CLIENT_SECRET")
        let (fileSetting, path) = value("CREDENTIALS_FILE")
        var secrets: [ClientSecret] = []
        if let client, let secretText {
            add(client, secretText, of: secretSetting, to: &secrets, &source)
        } else if path == nil || secretText != nil {
            // A client id beside the file alone is fine: the worker may need it.
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

    /// Lines of `client_id secret`; `#` begins a comment line.
    private static func addFile(
        _ path: String, _ setting: String, to secrets: inout [ClientSecret], _ source: inout SettingsSource
    ) {
        guard let text = source.file(setting, path) else { return }
        let before = secrets.count
        var isRight = true
        for (index, line) in EnvironmentFile.lines(text).enumerated() where !line.isEmpty && !line.hasPrefix("#") {
            let parts = line.split(whereSeparator: { $0 == " " || $0 == "\t" })
            guard parts.count == 2 else {
                source.problem(
                    setting, "line \(index + 1) of \(path) is not two words, client id and secret",
                    "Mend it, or begin it with #")
                isRight = false
                continue
            }
            add(String(parts[0]), String(parts[1]), of: setting, to: &secrets, &source)
        }
        if isRight, secrets.count == before {
            source.problem(setting, "\(path) holds no credentials", "Add lines of client id and secret")
        }
    }

    private static func add(
        _ client: String, _ text: String, of setting: String, to secrets: inout [ClientSecret],
        _ source: inout SettingsSource
    ) {
        guard let secret = source.secret(setting, text) else { return }
        guard secret.count > 0 else {
            return source.problem(setting, "a secret is empty", "Paste the secret that Welkin issued")
        }
        if secret.count < 32 {
            source.warn(
                setting, "a secret of client \(client) has only \(secret.count) bytes",
                "Ask Welkin for a longer one (RFC 7518, section 3.2: 32 bytes)")
        }
        secrets.append(ClientSecret(client: client, secret: secret))
    }
}
