import Glibc

/// A file that exists completely or not at all: written next to its path, then renamed to it.
package final class AtomicFile {
    private let path: String
    private let temporary: String
    private let descriptor: Int32
    private var isCommitted = false

    /// Starts the file, and removes the partial files that killed runs left for the same path.
    ///
    /// - Parameters:
    ///   - path: an existing file is replaced, even if somebody else owns it: the new file is this user's.
    ///   - mode: 0600 for health data. The file gets it whatever the umask.
    package init(_ path: String, mode: UInt32) throws(FileFailure) {
        self.path = path
        (temporary, descriptor) = try Self.begin(path, mode)
    }

    private static func begin(
        _ path: String, _ mode: UInt32
    ) throws(FileFailure) -> (temporary: String, descriptor: Int32) {
        let name = PartialName(for: path)
        name.sweep()
        // The later names are for when another machine or container has a process with the same number.
        for number in 0..<1000 {
            let temporary = name.path(number)
            let descriptor = unsafe open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
            guard descriptor >= 0 else {
                guard errno == EEXIST else { throw FileFailure(call: "open", path: path, .last) }
                continue
            }
            guard isHeld(descriptor) else {
                close(descriptor)
                continue
            }
            guard fchmod(descriptor, mode) == 0 else {
                let error = SystemError.last
                close(descriptor)
                unsafe unlink(temporary)
                throw FileFailure(call: "fchmod", path: path, error)
            }
            return (temporary, descriptor)
        }
        throw FileFailure(call: "open", path: path, SystemError(code: EEXIST))
    }

    /// Locks a new file, so that others see that it is in use. False when it was swept just before. On a file system
    /// without locks nothing is ever swept.
    private static func isHeld(_ descriptor: Int32) -> Bool {
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { return errno != EWOULDBLOCK }
        var status = stat()
        return unsafe fstat(descriptor, &status) == 0 && status.st_nlink > 0
    }

    /// Appends.
    package func write(_ bytes: [UInt8]) throws(FileFailure) {
        try Descriptor.write(bytes, to: descriptor, called: path)
    }

    /// Renames the file to its path. Without this call, nothing of it remains.
    package func commit() throws(FileFailure) {
        guard fsync(descriptor) == 0 else { throw FileFailure(call: "fsync", path: path, .last) }
        guard unsafe rename(temporary, path) == 0 else { throw FileFailure(call: "rename", path: path, .last) }
        isCommitted = true
    }

    deinit {
        if !isCommitted { unsafe unlink(temporary) }
        close(descriptor)
    }
}
