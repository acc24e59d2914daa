import Glibc
package import Platform

/// The file of the lock that each run takes, beside the replica.
package enum LockFile {
    /// Why no run of this user could take the lock, whoever has it; nil where one could, or makes the file first.
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
