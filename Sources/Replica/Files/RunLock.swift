public import DataAPI
internal import Glibc

/// One run at a time on a replica: a lock on a file beside it, which ends with the process however
/// that ends. The file itself stays; it is the lock that counts.
public final class RunLock: Sendable {
    private let descriptor: Int32

    /// Takes the lock, or throws ``ReplicaError/runInProgress(process:since:)`` at once.
    ///
    /// - Parameters:
    ///   - path: the replica's file, whose folder exists.
    ///   - now: is written into the lock's file, for whoever finds it held.
    public init(beside path: String, now: Instant) throws(ReplicaError) {
        let path = path + ".lock"
        // Becomes ours at the end: until then `deinit` has nothing to close.
        let descriptor = unsafe open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw errno == ELOOP
                ? ReplicaError.symbolicLink(path: path)
                : ReplicaError.system(call: "open", path: path, code: errno)
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let code = errno
            close(descriptor)
            guard code == EWOULDBLOCK else { throw ReplicaError.system(call: "flock", path: path, code: code) }
            let words = ((try? readWhole(path)).map { String(decoding: $0, as: UTF8.self) } ?? "").split(
                whereSeparator: \.isWhitespace)
            throw ReplicaError.runInProgress(
                process: words.first.flatMap { Int32($0) }, since: words.dropFirst().first.flatMap { Instant($0) })
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
                ? ReplicaError.diskFull(path: path) : ReplicaError.system(call: "write", path: path, code: code)
        }
        self.descriptor = descriptor
    }

    /// Lets the lock go, also where a child process that is just being started has inherited it.
    deinit {
        flock(descriptor, LOCK_UN)
        close(descriptor)
    }
}
