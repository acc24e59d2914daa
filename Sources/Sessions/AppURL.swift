package import Identifiers
package import Platform

/// The URL of an App as Welkin has it on file: the target of launches, and their audience.
package struct AppURL: Sendable, Equatable {
    /// The whole URL, exactly as it must appear in `aud`.
    package let text: String
    /// The scheme, host and port of the URL.
    package let origin: Origin
    /// The path that launches are posted to: `/clinic/launch`.
    package let launchPath: String
    /// The folder that contains all paths of the App: `/clinic/`.
    package let folder: String

    /// Nil unless it is an ``Origin`` and a path that ends in `/launch`, or in `/launch/APP` for
    /// the App of this name, without query, fragment, `%` escapes or `..`.
    package init?(_ text: String, app: AppName) {
        guard let scheme = text.firstRange(of: "://"),
            let slash = text[scheme.upperBound...].firstIndex(of: "/"),
            let origin = Origin(serialized: String(text[..<slash]))
        else { return nil }
        let path = String(text[slash...])
        guard path.utf8.allSatisfy(Self.isPathByte), !path.contains("//"), !path.contains("/.") else { return nil }
        let named = "/launch/\(app.text)"
        if path.hasSuffix(named) {
            folder = String(path.dropLast(named.utf8.count)) + "/"
        } else if path.hasSuffix("/launch"), app == .main {
            folder = String(path.dropLast("launch".utf8.count))
        } else {
            return nil
        }
        self.text = text
        self.origin = origin
        self.launchPath = path
    }

    private static func isPathByte(_ byte: UInt8) -> Bool {
        Identifier.isAllowed(byte) || byte == UInt8(ascii: "/")
    }
}
