/// Paths as text.
package enum FilePath {
    /// The folder, `.` if none is named, and the name in it.
    package static func split(_ path: String) -> (folder: String, name: String) {
        // By bytes, like the system: to Swift, a slash and a combining accent after it are one character.
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return (".", path) }
        return (slash == path.startIndex ? "/" : String(path[..<slash]), String(path[path.index(after: slash)...]))
    }
}
