import Platform

/// The text of a Welkin id (a GUID, 36 characters): at most 40 letters, digits and `-._~:@`. Ids that differ only
/// in case are equal (RFC 9562, section 4).
///
/// A valid id is safe in a header, in JSON, in HTML and in a log, and three of them keep the session
/// cookie under 450 bytes. Types such as ``PatientID`` say whose id it is.
package struct Identifier: Sendable, Hashable {
    /// The characters as given.
    package let text: String

    /// Nil when it is empty, too long, or contains any other character.
    package init?(_ text: String) {
        var text = text
        let isValid = text.withUTF8 { bytes in
            unsafe (1...40).contains(bytes.count) && bytes.allSatisfy(Self.isAllowed)
        }
        guard isValid else { return nil }
        self.text = text
    }

    /// The same text for every spelling of the id.
    package var folded: String { text.lowercased() }

    package static func == (one: Identifier, other: Identifier) -> Bool {
        one.text == other.text || one.folded == other.folded
    }

    package func hash(into hasher: inout Hasher) { hasher.combine(folded) }

    /// Whether a text has the form of a GUID: `3f0e1a52-6b7c-4d8e-9f10-a1b2c3d4e5f6`.
    package static func isGUID(_ text: String) -> Bool {
        let groups = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        return groups.map(\.count) == [8, 4, 4, 4, 12] && groups.joined().allSatisfy(\.isHexadecimalDigit)
    }

    /// Whether an id may contain this character.
    package static func isAllowed(_ byte: UInt8) -> Bool {
        switch byte {
        case _ where byte.isLetter || byte.isDigit: true
        case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"),
            UInt8(ascii: ":"), UInt8(ascii: "@"):
            true
        default: false
        }
    }
}
