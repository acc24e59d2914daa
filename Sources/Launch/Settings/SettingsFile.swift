internal import Glibc

/// A small text file, read whole.
package struct SettingsFile: Sendable {
    let text: String
    let isReadableByEverybody: Bool
    /// From before the reading, so that a change meanwhile is noticed later.
    let stamp: FileStamp

    package struct ReadError: Error { package let reason: String }

    /// More than any file of settings; what is larger is not one.
    private static let maximumSize = 1 << 20

    package static func read(_ path: String) -> Result<SettingsFile, ReadError> {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { return .failure(ReadError(reason: systemError(errno))) }
        defer { close(descriptor) }
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else { return .failure(ReadError(reason: systemError(errno))) }
        guard status.st_mode & S_IFMT == S_IFREG else { return .failure(ReadError(reason: "it is not a file")) }
        var bytes: [UInt8] = []
        while bytes.count <= maximumSize {
            let chunk = unsafe [UInt8](unsafeUninitializedCapacity: 4096) { buffer, count in
                count = unsafe max(0, Glibc.read(descriptor, buffer.baseAddress!, 4096))
            }
            guard !chunk.isEmpty else { break }
            bytes += chunk
        }
        guard bytes.count <= maximumSize else { return .failure(ReadError(reason: "it is larger than 1 MiB")) }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            return .failure(ReadError(reason: "it is not text in UTF-8"))
        }
        return .success(
            SettingsFile(text: text, isReadableByEverybody: status.st_mode & S_IROTH != 0, stamp: FileStamp(status)))
    }
}

/// The system's words for an `errno`.
func systemError(_ code: Int32) -> String { unsafe String(cString: strerror(code)) }

/// What tells one state of a file from another without reading it.
public struct FileStamp: Equatable, Sendable {
    private let inode: UInt64
    private let size: Int
    /// When the contents and when anything about the file changed: seconds and nanoseconds.
    private let times: [Int]

    /// When it changed last, in seconds since 1970; also by being renamed or given to somebody.
    var changed: Int64 { Int64(times[2]) }

    init(_ status: stat) {
        inode = UInt64(status.st_ino)
        size = Int(status.st_size)
        times = [status.st_mtim.tv_sec, status.st_mtim.tv_nsec, status.st_ctim.tv_sec, status.st_ctim.tv_nsec]
    }

    /// Nil when there is no such file.
    init?(of path: String) {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { return nil }
        self.init(status)
    }
}
