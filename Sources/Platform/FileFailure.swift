import Glibc

/// A system call on a file or stream that failed.
package struct FileFailure: Error, Hashable, CustomStringConvertible {
    /// The system call.
    package let call: String
    /// The file's path or the stream's name.
    package let path: String
    /// Why.
    package let error: SystemError

    package init(call: String, path: String, _ error: SystemError) {
        self.call = call
        self.path = path
        self.error = error
    }

    /// Whether the reader has closed the stream.
    package var isClosedPipe: Bool { error.code == EPIPE }

    /// One line; if the folder is missing, with the command that creates it.
    package var description: String {
        let text = "\(call) \(path): \(error)"
        guard call == "open", error.code == ENOENT, let folder = missingFolder else { return text }
        return "\(text); create the folder: install -d -m 700 \(geteuid() == 0 ? "" : "-o \(geteuid()) ")\(folder)"
    }

    /// The folder, if it is missing.
    private var missingFolder: String? {
        let (folder, _) = FilePath.split(path)
        return unsafe access(folder, F_OK) == 0 ? nil : folder
    }
}
