import FoundationEssentials

/// The secret that Welkin issued with a client id: the key of the token's HMAC.
///
/// It prints as `•••`, however it is printed.
package struct SigningSecret: Sendable, Equatable, CustomStringConvertible,
    CustomDebugStringConvertible, CustomReflectable
{
    package let bytes: [UInt8]

    package init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    package var description: String { "•••" }
    package var debugDescription: String { "•••" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}

/// Bytes as somebody writes them on a command line: as they are, or `base64:…` for what text cannot say.
package enum ByteText {
    /// The bytes that `text` stands for, or nil where what follows `base64:` is not base64.
    package static func bytes(_ text: String) -> [UInt8]? {
        let marker = "base64:"
        guard text.hasPrefix(marker) else { return Array(text.utf8) }
        return Data(base64Encoded: String(text.dropFirst(marker.count))).map(Array.init)
    }
}
