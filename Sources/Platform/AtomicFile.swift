import Glibc

/// A file that is there whole or not at all: written beside its place, then put into it.
package final class AtomicFile {
    private let path: String
    private let temporary: String
    private let descriptor: Int32
    private var isCommitted = false

    /// Begins the file, and removes what runs left behind that were killed while they wrote the same one.
    ///
    /// - Parameters:
    ///   - path: what is there is replaced, also where it belongs to somebody else: the new file is this user's.
    ///   - mode: 0600 where health data goes in. It is the file's whatever the umask.
    package init(_ path: String, mode: UInt32) throws(FileFailure) {
        self.path = path
        (temporary, descriptor) = try Self.begin(path, mode)
    }

    private static func begin(
        _ path: String, _ mode: UInt32
    ) throws(FileFailure) -> (temporary: String, descriptor: Int32) {
        let name = PartialName(for: path)
        name.sweep()
        // The second and later names are for where another machine or container has a process of the same number.
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

    /// Locks a new file, for others to see that it is somebody's. False where it was swept away just before. On a
    /// file system without locks nothing is ever swept.
    private static func isHeld(_ descriptor: Int32) -> Bool {
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { return errno != EWOULDBLOCK }
        var status = stat()
        return unsafe fstat(descriptor, &status) == 0 && status.st_nlink > 0
    }

    /// Appends.
    package func write(_ bytes: [UInt8]) throws(FileFailure) {
        try Descriptor.write(bytes, to: descriptor, called: path)
    }

    /// Puts the file into its place. Without it, nothing of it stays.
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
