public import Tokens

/// An id as Welkin gives it (a GUID, 36 characters): up to 40 letters, digits and `-._~:@`. Case has no meaning in it
/// (RFC 9562, section 4), so two that differ in nothing else are equal.
///
/// What passes here is safe in a header, in JSON, in HTML and in a log, and three of them keep the
/// session cookie under 450 bytes.
public struct Identifier: Sendable, Hashable {
    /// The characters, as they were given.
    public let text: String

    /// Nil when it is empty, too long, or has any other character.
    public init?(_ text: String) {
        var text = text
        let isRight = text.withUTF8 { bytes in
            unsafe (1...40).contains(bytes.count) && bytes.allSatisfy(Self.isAllowed)
        }
        guard isRight else { return nil }
        self.text = text
    }

    /// The same text for every way of writing the id.
    var folded: String { text.lowercased() }

    /// The same id, whatever the case.
    public static func == (one: Identifier, other: Identifier) -> Bool {
        one.text == other.text || one.folded == other.folded
    }

    /// As `==`.
    public func hash(into hasher: inout Hasher) { hasher.combine(folded) }

    /// Whether a text has the form of a GUID: `3f0e1a52-6b7c-4d8e-9f10-a1b2c3d4e5f6`.
    static func isGUID(_ text: String) -> Bool {
        let groups = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        return groups.map(\.count) == [8, 4, 4, 4, 12]
            && groups.joined().allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
                    UInt8(ascii: "A")...UInt8(ascii: "F"):
                    true
                default: false
                }
            }
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"),
            UInt8(ascii: ":"), UInt8(ascii: "@"):
            true
        default: false
        }
    }
}

/// The name of one App of a deployment, as it stands in paths: `main`, `video`.
public struct AppName: Sendable, Hashable {
    /// The characters, as they were given.
    public let text: String

    /// The App that `/launch` without a name means.
    public static let main = AppName("main")!

    /// Nil unless it is a lower-case letter and up to 15 lower-case letters, digits and hyphens.
    public init?(_ text: String) {
        let bytes = text.utf8
        guard (1...16).contains(bytes.count), let first = bytes.first, Self.isLetter(first),
            bytes.allSatisfy({ Self.isLetter($0) || Self.isDigitOrHyphen($0) })
        else { return nil }
        self.text = text
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) }

    private static func isDigitOrHyphen(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "-")
    }
}

/// LAUNCH: 128 random bits that name one launch in every path that belongs to it.
public struct LaunchID: Sendable, Hashable {
    /// 22 characters of canonical base64url.
    public let text: String

    /// How many random bytes it is made of.
    static let size = 16

    /// A new one.
    public init(random: inout RandomSupply) {
        text = String(decoding: Base64URL.encode(random.take(Self.size)), as: UTF8.self)
    }

    /// Nil unless it is the canonical text of 16 bytes.
    public init?(_ text: String) {
        guard text.utf8.count == 22, Base64URL.decode(Array(text.utf8)[...])?.count == Self.size else { return nil }
        self.text = text
    }
}
