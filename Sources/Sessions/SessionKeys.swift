import Platform
import Platform
package import Settings
package import Tokens

/// The project's own keys: the first one signs and seals; all of them verify and open, so that a
/// key can be rotated without ending any session.
package final class SessionKeys: Sendable {
    /// Keys shorter than this could be guessed (RFC 7518, section 3.2: at least the hash's size).
    package static let minimumLength = 32

    /// The `typ` of session tokens.
    static let type = "welkin-session"

    package let signer: TokenSigner
    package let verifiers: [MACKey]
    let sealers: [SealingKey]
    private let pseudonyms: KeyedHash
    /// For each key in order, eight hexadecimal digits that distinguish keys and reveal nothing.
    package let shortIDs: [String]

    /// - Parameter secrets: at least one, each of at least ``minimumLength`` bytes; nil otherwise.
    package init?(_ secrets: [Secret]) {
        guard !secrets.isEmpty, secrets.allSatisfy({ $0.count >= Self.minimumLength }) else { return nil }
        verifiers = secrets.map(MACKey.init)
        signer = TokenSigner(type: Self.type, key: verifiers[0])
        sealers = verifiers.map { SealingKey(derivedFrom: $0, label: "welkin hand-off") }
        shortIDs = verifiers.map { $0.shortID("welkin key id") }
        pseudonyms = KeyedHash(derivedFrom: verifiers[0], label: "welkin pseudonym")
    }

    /// A new key: 32 random bytes, in the form that settings take.
    package static func newKey() -> String {
        SettingsSource.encoded + String(decoding: Base64.encode(Random.bytes(minimumLength)), as: UTF8.self)
    }

    /// A short keyed hash that replaces an identifier in the log: always the same for the same
    /// identifier, and useless without the key.
    package func pseudonym(_ identifier: String) -> String {
        Hexadecimal.text(pseudonyms.hash(identifier).prefix(5))
    }
}

extension SessionKeys {
    /// Loads `WELKIN_SESSION_KEY` and `WELKIN_SESSION_KEYS_FILE`, in this order; nil, with problems in `source`, when
    /// there are none or one is invalid.
    package convenience init?(from source: inout SettingsSource) {
        var secrets: [Secret] = []
        let (fileSetting, path) = source.value(.sessionKeysFile)
        let (setting, value) = source.value(.sessionKey)
        if let value, let key = source.sessionKey(setting, value) { secrets.append(key) }
        if let path, let text = source.file(fileSetting, path) {
            let lines = SecretText.entries(text)
            secrets += lines.compactMap {
                source.sessionKey(fileSetting, String($0.text), place: "line \($0.number) of \(path)")
            }
            if lines.isEmpty {
                source.problem(fileSetting, "\(path) contains no key", "Add one: welkin-launch generate-key >> \(path)")
            }
        }
        if path == nil, value == nil {
            source.problem(
                setting, "it is not set, and neither is \(fileSetting)",
                "Set it to the output of welkin-launch generate-key")
        }
        self.init(secrets)
    }
}

extension SettingsSource {
    /// A session key, as `welkin-launch generate-key` prints it. Nil, with a problem, for anything else.
    mutating func sessionKey(_ setting: String, _ value: String, place: String = "it") -> Secret? {
        guard value.hasPrefix(Self.encoded) else {
            problem(
                setting, "\(place) is not a key: it does not begin with base64:",
                "Use the output of welkin-launch generate-key; start a comment with #")
            return nil
        }
        guard let key = decoded(setting, value, place) else { return nil }
        guard key.count >= SessionKeys.minimumLength else {
            problem(
                setting,
                "\(place) is a key of \(key.count) bytes and could be guessed; at least \(SessionKeys.minimumLength) are required",
                "Use the output of welkin-launch generate-key")
            return nil
        }
        return key
    }
}
