import Glibc
package import Platform

/// The lock file beside the replica, which each run locks.
package enum LockFile {
    /// Why no run of this user could take the lock, whoever holds it; nil if one could, or would create the file.
    package static func failure(beside replica: String) -> FileFailure? {
        let path = replica + ".lock"
        let descriptor = unsafe open(path, O_RDWR | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor < 0 else {
            close(descriptor)
            return nil
        }
        return errno == ENOENT ? nil : FileFailure(call: "open", path: path, .last)
    }
}
