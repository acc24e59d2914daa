import Glibc
import Platform
import StoreFiles

/// The log beside an open journal, and whether all of its files are still in their places.
///
/// SQLite keeps the descriptors that it has. If a file is removed or replaced, all work goes to a file without a name,
/// and is lost when the process ends. While a connection is open, no program that uses SQLite removes them.
struct JournalFiles {
    private struct Place {
        let path: String
        let device: dev_t
        let inode: ino_t

        init?(_ path: String) {
            var status = stat()
            guard unsafe lstat(path, &status) == 0 else { return nil }
            (self.path, device, inode) = (path, status.st_dev, status.st_ino)
        }

        var isSame: Bool {
            var status = stat()
            return unsafe lstat(path, &status) == 0 && status.st_ino == inode && status.st_dev == device
        }
    }

    private let log: Place
    private let shared: Place
    private let descriptor: Int32
    private let path: String

    /// Of a journal that an open connection has already read from.
    init(beside path: String) throws(JournalError) {
        self.path = path
        guard let log = Place(path + "-wal"), let shared = Place(path + "-shm") else { throw .moved(path: path) }
        self.log = log
        self.shared = shared
        // Nobody locks the log itself, so that closing this descriptor drops no lock of SQLite's.
        descriptor = unsafe open(log.path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else { throw .file(.system(call: "open", path: log.path, code: errno)) }
    }

    /// Whether all files are where they were opened.
    func areInPlace(_ connection: SQLiteConnection) -> Bool { !connection.hasMoved && log.isSame && shared.isSame }

    /// Waits until the log is on the disk.
    func sync() throws(JournalError) {
        while fdatasync(descriptor) != 0 {
            guard errno == EINTR else { throw .file(.system(call: "fdatasync", path: log.path, code: errno)) }
        }
    }

    func close() { _ = Glibc.close(descriptor) }
}
