package import Glibc

/// Distinguishes states of a file without reading it.
package struct FileStamp: Equatable, Sendable {
    private let inode: UInt64
    private let size: Int
    /// When the contents and when anything about the file changed: seconds and nanoseconds.
    private let times: [Int]

    /// When it last changed, in seconds since 1970; a new name or owner counts too.
    package var changed: Int64 { Int64(times[2]) }

    package init(_ status: stat) {
        inode = UInt64(status.st_ino)
        size = Int(status.st_size)
        times = [status.st_mtim.tv_sec, status.st_mtim.tv_nsec, status.st_ctim.tv_sec, status.st_ctim.tv_nsec]
    }

    /// Nil when the file does not exist.
    package init?(of path: String) {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { return nil }
        self.init(status)
    }
}
