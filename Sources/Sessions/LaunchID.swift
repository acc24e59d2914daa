package import Tokens

/// LAUNCH: 128 random bits that name one launch in all its paths.
package struct LaunchID: Sendable, Hashable {
    /// 22 characters of canonical base64url.
    package let text: String

    /// The number of random bytes in it.
    package static let size = 16

    /// A new random id.
    package init(random: inout RandomSupply) {
        text = String(decoding: Base64URL.encode(random.take(Self.size)), as: UTF8.self)
    }

    /// Nil unless it is the canonical text of 16 bytes.
    package init?(_ text: String) {
        guard text.utf8.count == 22, Base64URL.decode(Array(text.utf8)[...])?.count == Self.size else { return nil }
        self.text = text
    }
}
