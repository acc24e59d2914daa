package import Glibc

/// A small text file, read whole.
package struct TextFile: Sendable {
    package let text: String
    package let isReadableByEverybody: Bool
    /// Taken before reading, so that a change during the read is noticed later.
    package let stamp: FileStamp

    package struct ReadError: Error {
        package let reason: String

        package init(reason: String) { self.reason = reason }

        init(_ error: SystemError) { reason = "\(error)" }
    }

    package init(text: String, isReadableByEverybody: Bool, stamp: FileStamp) {
        self.text = text
        self.isReadableByEverybody = isReadableByEverybody
        self.stamp = stamp
    }

    /// Larger than any settings file.
    private static let maximumSize = 1 << 20

    package static func read(_ path: String) -> Result<TextFile, ReadError> {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { return .failure(ReadError(.last)) }
        defer { close(descriptor) }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { return .failure(ReadError(.last)) }
        guard status.st_mode & S_IFMT == S_IFREG else { return .failure(ReadError(reason: "it is not a file")) }
        let bytes: [UInt8]
        do throws(SystemError) {
            bytes = try Descriptor.read(descriptor, limit: maximumSize + 1)
        } catch {
            return .failure(ReadError(error))
        }
        guard bytes.count <= maximumSize else { return .failure(ReadError(reason: "it is larger than 1 MiB")) }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            return .failure(ReadError(reason: "it is not UTF-8 text"))
        }
        return .success(
            TextFile(text: text, isReadableByEverybody: status.st_mode & S_IROTH != 0, stamp: FileStamp(status)))
    }
}

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
