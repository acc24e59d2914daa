import FoundationEssentials

/// The secret that Welkin issued with a client id: the key of the token's HMAC.
///
/// It always prints as `•••`.
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

/// Bytes on a command line: plain text, or `base64:…` for other bytes.
package enum ByteText {
    /// The bytes of `text`, or nil if the part after `base64:` is not base64.
    package static func bytes(_ text: String) -> [UInt8]? {
        let marker = "base64:"
        guard text.hasPrefix(marker) else { return Array(text.utf8) }
        return Data(base64Encoded: String(text.dropFirst(marker.count))).map(Array.init)
    }
}
