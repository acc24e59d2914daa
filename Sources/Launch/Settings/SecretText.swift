internal import Gateway
package import Tokens

/// The forms in which settings and files have secrets. Whatever else a text may be (a comment, a name, a value with
/// quotes of another file's) must not pass for one.
package enum SecretText {
    /// What is wrong with a text that is to be a secret as Welkin issues it; nil when nothing is.
    ///
    /// Welkin's are letters, digits and signs of ASCII. One that has anything else can still be written as `base64:`
    /// and its bytes.
    static func problem(_ text: String) -> String? {
        let bytes = text.utf8
        if text.hasPrefix("\u{FEFF}") { return "begins with a byte order mark" }
        guard bytes.allSatisfy({ $0 < 0x80 }) else {
            return "has a character that is not ASCII, such as a no-break space or a typographic quote"
        }
        guard bytes.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else { return "has a control character in it" }
        guard !bytes.contains(UInt8(ascii: " ")) else { return "has a blank in it" }
        if let first = bytes.first, let last = bytes.last, [first, last].contains(where: isQuote) {
            return "has quotes around it, which would be part of it"
        }
        return hasName(bytes) ? "is NAME=VALUE, and the name would be part of it" : nil
    }

    private static func isQuote(_ byte: UInt8) -> Bool { "\"'`".utf8.contains(byte) }

    /// Whether it begins with a name and an `=` that pads nothing.
    private static func hasName(_ bytes: String.UTF8View) -> Bool {
        let name = bytes.prefix { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                true
            default: false
            }
        }
        let rest = bytes[name.endIndex...]
        guard !name.isEmpty, rest.first == UInt8(ascii: "=") else { return false }
        return rest.contains { $0 != UInt8(ascii: "=") }
    }

    /// The lines of a file that has one secret a line, with their numbers: without those that are empty, and without
    /// comments, which begin with `#` or `;`.
    package static func lines(_ text: String) -> [(number: Int, text: Substring)] {
        var lines: [(number: Int, text: Substring)] = []
        for (index, line) in text.utf8.split(separator: UInt8.lineFeed, omittingEmptySubsequences: false).enumerated() {
            let end = line.last == .carriageReturn ? line.dropLast() : line
            let text = Substring(end).trimmed
            guard let first = text.utf8.first, first != UInt8(ascii: "#"), first != UInt8(ascii: ";") else { continue }
            lines.append((index + 1, text))
        }
        return lines
    }
}

extension SettingsSource {
    /// A secret as Welkin issues it; `base64:` in front means that its bytes are encoded. Nil, and a problem, for
    /// anything else.
    ///
    /// - Parameter place: where it stands, if that is not the setting itself: `line 3 of /etc/welkin/credentials`.
    package mutating func secret(_ setting: String, _ value: String, place: String = "it") -> Secret? {
        if value.hasPrefix(Self.encoded) { return decoded(setting, value, place) }
        if let problem = SecretText.problem(value) {
            self.problem(
                setting, "\(place) \(problem)",
                "Write the secret as it was issued, and nothing else; one that really is so, as base64: and its bytes in base64"
            )
            return nil
        }
        return Secret(Array(value.utf8))
    }

    /// A session key: what `welkin-launch generate-key` prints. Nil, and a problem, for anything else.
    mutating func sessionKey(_ setting: String, _ value: String, place: String = "it") -> Secret? {
        guard value.hasPrefix(Self.encoded) else {
            problem(
                setting, "\(place) is no key, since it does not begin with base64:",
                "Use what welkin-launch generate-key prints; begin a comment with #")
            return nil
        }
        guard let key = decoded(setting, value, place) else { return nil }
        guard key.count >= SessionKeys.minimumLength else {
            problem(
                setting, "\(place) is a key of \(key.count) bytes, and could be guessed; \(SessionKeys.minimumLength) are needed",
                "Use what welkin-launch generate-key prints")
            return nil
        }
        return key
    }

    private static let encoded = "base64:"

    private mutating func decoded(_ setting: String, _ value: String, _ place: String) -> Secret? {
        guard let bytes = Base64.decode(Array(value.utf8.dropFirst(Self.encoded.utf8.count))[...]) else {
            problem(
                setting, "what follows base64: is not base64\(place == "it" ? "" : " in \(place)")",
                "Paste it again, whole, without line breaks, and with nothing behind it")
            return nil
        }
        return Secret(bytes)
    }
}
