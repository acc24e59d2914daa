internal import Glibc

/// A file that is there whole or not at all: written beside its place, then put into it.
package final class AtomicFile {
    /// What the system refused.
    package struct Failure: Error, Hashable, CustomStringConvertible {
        package let call: String
        package let path: String
        package let code: Int32

        /// One line.
        package var description: String { unsafe "\(call) \(path): \(String(cString: strerror(code)))" }
    }

    private let path: String
    private let temporary: String
    private let descriptor: Int32
    private var isCommitted = false

    /// - Parameter mode: 0600 where health data goes in.
    package init(_ path: String, mode: UInt32) throws(Failure) {
        self.path = path
        let slash = path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex
        // Hidden, so that whoever collects the folder's files leaves it alone.
        temporary = "\(path[..<slash]).\(path[slash...]).\(getpid())"
        // What a process of the same number left behind when it was killed.
        unsafe unlink(temporary)
        descriptor = unsafe open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode)
        guard descriptor >= 0 else { throw Failure(call: "open", path: path, code: errno) }
    }

    /// Appends.
    package func write(_ bytes: [UInt8]) throws(Failure) {
        if let code = writeAll(descriptor, bytes) { throw Failure(call: "write", path: path, code: code) }
    }

    /// Puts the file into its place. Without it, nothing of it stays.
    package func commit() throws(Failure) {
        guard fsync(descriptor) == 0 else { throw Failure(call: "fsync", path: path, code: errno) }
        guard unsafe rename(temporary, path) == 0 else { throw Failure(call: "rename", path: path, code: errno) }
        isCommitted = true
    }

    deinit {
        guard descriptor >= 0 else { return }
        close(descriptor)
        if !isCommitted { unsafe unlink(temporary) }
    }
}
