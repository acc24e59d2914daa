/// Paths as text.
package enum FilePath {
    /// The folder, `.` where none is named, and what is in it.
    package static func split(_ path: String) -> (folder: String, name: String) {
        // By bytes, as the system does: to Swift a slash and an accent behind it are one character.
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return (".", path) }
        return (slash == path.startIndex ? "/" : String(path[..<slash]), String(path[path.index(after: slash)...]))
    }
}
