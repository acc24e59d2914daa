import Platform
import Platform
package import Tokens

/// The forms of secrets in settings and files. Any other text (a comment, a name, a quoted value from another
/// file) must not pass for a secret.
package enum SecretText {
    /// The problem with a text that should be a secret as Welkin issues it; nil when it is valid.
    ///
    /// Welkin's secrets are printable ASCII. A secret with anything else can be written as `base64:` and its bytes in
    /// base64.
    static func problem(_ text: String) -> String? {
        let bytes = text.utf8
        if text.hasPrefix("\u{FEFF}") { return "begins with a byte order mark" }
        guard bytes.allSatisfy({ $0 < 0x80 }) else {
            return "contains a non-ASCII character, such as a no-break space or a typographic quote"
        }
        guard bytes.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else { return "contains a control character" }
        guard !bytes.contains(UInt8(ascii: " ")) else { return "contains a space" }
        if let first = bytes.first, let last = bytes.last, [first, last].contains(where: isQuote) {
            return "is in quotes, which would be part of it"
        }
        return hasName(text) ? "is NAME=VALUE, and the name would be part of it" : nil
    }

    private static func isQuote(_ byte: UInt8) -> Bool { "\"'`".utf8.contains(byte) }

    /// Whether it begins with a typical name of a secret and `=`. Any other text before an `=` may be part of a secret:
    /// Welkin's contain any printable ASCII.
    private static func hasName(_ text: String) -> Bool {
        guard let equals = text.utf8.firstIndex(of: UInt8(ascii: "=")) else { return false }
        let name = text[..<equals].uppercased()
        return name.hasPrefix("WELKIN_") || ["SECRET", "KEY", "TOKEN", "PASSWORD"].contains(where: name.hasSuffix)
    }

    /// The non-empty lines of a text, with their numbers.
    package static func lines(_ text: String) -> [(number: Int, text: Substring)] {
        text.utf8.split(separator: UInt8.lineFeed, omittingEmptySubsequences: false).enumerated().compactMap {
            let end = $0.element.last == .carriageReturn ? $0.element.dropLast() : $0.element
            let text = Substring(end).trimmed
            return text.isEmpty ? nil : ($0.offset + 1, text)
        }
    }

    /// The same without comments, which start with `#` or `;`.
    package static func entries(_ text: String) -> [(number: Int, text: Substring)] {
        lines(text).filter { $0.text.utf8.first != UInt8(ascii: "#") && $0.text.utf8.first != UInt8(ascii: ";") }
    }
}

extension SettingsSource {
    /// A secret as Welkin issues it, or its bytes in base64 after `base64:`. Nil, with a problem, for
    /// anything else.
    ///
    /// - Parameter place: the secret's place, if that is not the setting itself: `line 3 of /etc/welkin/credentials`.
    package mutating func secret(_ setting: String, _ value: String, place: String = "it") -> Secret? {
        if value.hasPrefix(Self.encoded) { return decoded(setting, value, place) }
        if let problem = SecretText.problem(value) {
            self.problem(
                setting, "\(place) \(problem)",
                "Write only the secret, exactly as issued; if it really contains this, write base64: and its bytes in base64"
            )
            return nil
        }
        return Secret(Array(value.utf8))
    }

    package static let encoded = "base64:"

    /// The bytes after `base64:`; nil, with a problem, when they are not valid base64.
    package mutating func decoded(_ setting: String, _ value: String, _ place: String) -> Secret? {
        guard let bytes = Base64.decode(Array(value.utf8.dropFirst(Self.encoded.utf8.count))[...]) else {
            problem(
                setting, "the text after base64: is not valid base64\(place == "it" ? "" : " in \(place)")",
                "Paste all of it again, without line breaks and with nothing after it")
            return nil
        }
        return Secret(bytes)
    }
}
