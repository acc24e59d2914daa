import Platform

/// The name of one App of a deployment, as it appears in paths: `main`, `video`.
package struct AppName: Sendable, Hashable {
    /// The characters as given.
    package let text: String

    /// The App of `/launch` without a name.
    package static let main = AppName("main")!

    /// Nil unless it is a lower-case letter and at most 15 lower-case letters, digits and hyphens.
    package init?(_ text: String) {
        let bytes = text.utf8
        guard (1...16).contains(bytes.count), bytes.first?.isLowercaseLetter == true,
            bytes.allSatisfy({ $0.isLowercaseLetter || $0.isDigit || $0 == UInt8(ascii: "-") })
        else { return nil }
        self.text = text
    }
}
