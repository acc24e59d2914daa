import DataAPI
import Platform
import Settings
import Tokens

extension WorkerSettings.Access {
    /// Shorter ones are not from Welkin, but cut off, such as by a half-written file.
    private static let minimumSecret = 16

    /// Nil, with problems in `source`, if something is missing or invalid.
    init?(from source: inout SettingsSource) {
        let origin = Self.origin(&source)
        let clientID = Self.clientID(&source)
        let secret = Self.secret(&source)
        let scopes = source.words(.dataScopes).words
        let rate = source.number(.dataRequestsPerSecond)
        let concurrent = source.number(.dataConcurrentRequests)
        let network = NetworkSettings(from: &source)
        guard let origin, let clientID, let secret else { return nil }
        self.init(
            origin: origin, clientID: clientID, secret: secret, scopes: scopes.isEmpty ? [Catalogue.allScope] : scopes,
            requestsPerSecond: rate, concurrentRequests: concurrent, network: network)
    }

    private static func origin(_ source: inout SettingsSource) -> Origin? {
        let (setting, value) = source.value(.dataAPIURL)
        guard let value else { return .welkin }
        let origin = Origin(value)
        if origin == nil {
            source.problem(
                setting, "it is not the scheme and host of an API, without a path",
                "Leave it out for \(Origin.welkin); http is only for this machine, such as http://127.0.0.1:8092"
            )
        }
        return origin
    }

    private static func clientID(_ source: inout SettingsSource) -> String? {
        let (setting, value) = source.value(.dataClientID)
        let remedy = "Set it to the client id that Welkin issued for the Data API"
        guard let value else {
            source.problem(setting, "it is not set", remedy)
            return nil
        }
        guard value.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            source.problem(setting, "it has characters that no client id has", remedy)
            return nil
        }
        return value
    }

    private static func secret(_ source: inout SettingsSource) -> Secret? {
        let (setting, value) = source.value(.dataClientSecret)
        let (fileSetting, file) = source.value(.dataClientSecretFile)
        switch (value, file) {
        case (nil, nil):
            source.problem(
                setting, "it is not set, and neither is \(fileSetting)",
                "Set it to what Welkin issued, or name a file that holds it and nothing else")
            return nil
        case (.some, .some):
            source.problem(fileSetting, "\(setting) is set as well", "Leave one of the two out")
            return nil
        case (let value?, nil): return checked(value, setting, &source)
        case (nil, .some):
            guard let path = source.path(.dataClientSecretFile).path,
                let text = source.file(fileSetting, path)
            else { return nil }
            let lines = SecretText.lines(text)
            guard lines.count == 1 else {
                source.problem(
                    fileSetting, "\(path) holds \(lines.isEmpty ? "nothing" : "more than one line")",
                    "Put the secret into it, and nothing else")
                return nil
            }
            return checked(String(lines[0].text), fileSetting, &source, place: "line \(lines[0].number) of \(path)")
        }
    }

    private static func checked(
        _ text: String, _ setting: String, _ source: inout SettingsSource, place: String = "it"
    ) -> Secret? {
        guard let secret = source.secret(setting, text, place: place) else { return nil }
        guard secret.count >= minimumSecret else {
            source.problem(
                setting, "the secret has only \(secret.count) bytes and could be guessed",
                "Paste the whole secret that Welkin issued")
            return nil
        }
        return secret
    }
}
