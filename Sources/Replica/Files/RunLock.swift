import StoreFiles
package import Records
import Glibc
import Platform

/// Allows one run at a time on a replica: a lock on a file beside it, which ends with the process,
/// however that ends. The file itself stays; only the lock counts.
///
/// It is an open file description lock (fcntl_locking(2)). Unlike that of flock(2), it can be queried
/// without taking it, which would turn away a run that begins at that moment.
package final class RunLock: Sendable {
    /// The run that holds the lock, as far as its file tells.
    package struct Holder: Hashable, Sendable {
        /// The process id.
        package let process: Int32?
        /// When the run began.
        package let since: Instant?

        package init(process: Int32?, since: Instant?) {
            self.process = process
            self.since = since
        }
    }

    private let descriptor: Int32

    // F_OFD_GETLK and F_OFD_SETLK of <fcntl.h>, which Swift's Glibc leaves out.
    private static let (getLock, setLock): (Int32, Int32) = (36, 37)

    /// Takes the lock, or throws ``ReplicaError/runInProgress(process:since:)`` at once.
    ///
    /// - Parameters:
    ///   - path: the replica's file, whose folder exists.
    ///   - now: written into the lock file, for other runs that find it locked.
    package init(beside path: String, now: Instant) throws(ReplicaError) {
        let path = path + ".lock"
        // Stored at the end, so that until then `deinit` has nothing to close.
        let descriptor = try Self.open(path, O_RDWR | O_CREAT)
        var lock = Self.wholeFile
        guard unsafe fcntl(descriptor, Self.setLock, &lock) == 0 else {
            let code = errno
            close(descriptor)
            guard code == EAGAIN || code == EACCES else {
                throw ReplicaError.file(.system(call: "fcntl", path: path, code: code))
            }
            let holder = Self.holder(named: path)
            throw ReplicaError.runInProgress(process: holder.process, since: holder.since)
        }
        let text = "\(getpid()) \(now)\n"
        guard ftruncate(descriptor, 0) == 0,
            unsafe text.utf8.withContiguousStorageIfAvailable({
                unsafe pwrite(descriptor, $0.baseAddress!, $0.count, 0)
            })
                == text.utf8.count
        else {
            let code = errno
            close(descriptor)
            throw code == ENOSPC
                ? ReplicaError.diskFull(path: path) : ReplicaError.file(.system(call: "write", path: path, code: code))
        }
        self.descriptor = descriptor
    }

    /// Releases the lock, even if a child process that is just starting has inherited it.
    deinit {
        var lock = Self.wholeFile
        lock.l_type = Int16(F_UNLCK)
        _ = unsafe fcntl(descriptor, Self.setLock, &lock)
        close(descriptor)
    }

    /// The run that holds the lock of a replica; nil if none does. Does not take the lock.
    package static func holder(beside path: String) throws(ReplicaError) -> Holder? {
        let path = path + ".lock"
        let descriptor: Int32
        do {
            descriptor = try open(path, O_RDONLY)
        } catch .file(.system(_, _, ENOENT)) {
            return nil
        }
        defer { close(descriptor) }
        var lock = wholeFile
        guard unsafe fcntl(descriptor, getLock, &lock) == 0 else {
            throw ReplicaError.file(.system(call: "fcntl", path: path, code: errno))
        }
        return lock.l_type == Int16(F_UNLCK) ? nil : holder(named: path)
    }

    private static var wholeFile: flock {
        flock(l_type: Int16(F_WRLCK), l_whence: Int16(SEEK_SET), l_start: 0, l_len: 0, l_pid: 0)
    }

    private static func open(_ path: String, _ flags: Int32) throws(ReplicaError) -> Int32 {
        let descriptor = unsafe Glibc.open(path, flags | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw errno == ELOOP
                ? ReplicaError.file(.symbolicLink(path: path))
                : ReplicaError.file(.system(call: "open", path: path, code: errno))
        }
        return descriptor
    }

    /// Reads a lock file, which its holder may not have written yet.
    private static func holder(named path: String) -> Holder {
        let words = ((try? Descriptor.readFile(path)).map { String(decoding: $0, as: UTF8.self) } ?? "").split(
            whereSeparator: \.isWhitespace)
        return Holder(
            process: words.first.flatMap { Int32($0) }, since: words.dropFirst().first.flatMap { Instant($0) })
    }
}
