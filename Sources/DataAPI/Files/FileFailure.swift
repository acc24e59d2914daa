internal import Glibc

/// What the system refused to do with a file or stream.
package struct FileFailure: Error, Hashable, CustomStringConvertible {
    /// The system call.
    package let call: String
    /// The file, or what a stream is called.
    package let path: String
    /// Its `errno`.
    package let code: Int32

    package init(call: String, path: String, code: Int32) {
        self.call = call
        self.path = path
        self.code = code
    }

    /// Whether whoever read has left.
    package var isClosedPipe: Bool { code == EPIPE }

    /// The system's words.
    package var reason: String { unsafe String(cString: strerror(code)) }

    /// One line; where the folder is missing, with the one that makes it.
    package var description: String {
        let text = "\(call) \(path): \(reason)"
        guard call == "open", code == ENOENT, let folder = missingFolder else { return text }
        return "\(text); make the folder: install -d -m 700 \(geteuid() == 0 ? "" : "-o \(geteuid()) ")\(folder)"
    }

    /// The folder, where that is what is missing.
    private var missingFolder: String? {
        let (folder, _) = FilePath.split(path)
        return unsafe access(folder, F_OK) == 0 ? nil : folder
    }
}

/// Paths as text.
package enum FilePath {
    /// The folder, `.` where none is named, and what is in it.
    package static func split(_ path: String) -> (folder: String, name: String) {
        // By bytes, as the system does: to Swift a slash and an accent behind it are one character.
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return (".", path) }
        return (slash == path.startIndex ? "/" : String(path[..<slash]), String(path[path.index(after: slash)...]))
    }
}
