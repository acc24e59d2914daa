import Platform

/// The name of one App of a deployment, as it stands in paths: `main`, `video`.
package struct AppName: Sendable, Hashable {
    /// The characters, as they were given.
    package let text: String

    /// The App that `/launch` without a name means.
    package static let main = AppName("main")!

    /// Nil unless it is a lower-case letter and up to 15 lower-case letters, digits and hyphens.
    package init?(_ text: String) {
        let bytes = text.utf8
        guard (1...16).contains(bytes.count), bytes.first?.isLowercaseLetter == true,
            bytes.allSatisfy({ $0.isLowercaseLetter || $0.isDigit || $0 == UInt8(ascii: "-") })
        else { return nil }
        self.text = text
    }
}
