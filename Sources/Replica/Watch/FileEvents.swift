import CLinux
import Glibc
import Platform

/// The events of inotify(7) that concern an SQLite file: writes to its log, and files that come and go beside it.
final class FileEvents {
    /// Readable when there are events; -1 where the system gives no more of these.
    let descriptor: Int32
    private let folder: String
    private let log: String
    private var logWatch: Int32 = -1

    init(beside path: String) {
        descriptor = inotify_init1(Int32(IN_CLOEXEC | IN_NONBLOCK))
        folder = FilePath.split(path).folder
        log = path + "-wal"
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Watches the folder and the log that are there now. A watch is on an inode: a new log needs a new one.
    func watch() {
        guard descriptor >= 0 else { return }
        let comings = UInt32(IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_ONLYDIR)
        _ = unsafe inotify_add_watch(descriptor, folder, comings)
        let watch = unsafe inotify_add_watch(descriptor, log, UInt32(IN_MODIFY))
        if logWatch >= 0, logWatch != watch { inotify_rm_watch(descriptor, logWatch) }
        logWatch = watch
    }

    /// Takes all events; whether there was one.
    func drain() -> Bool {
        guard descriptor >= 0 else { return false }
        var isAny = false
        // Room for some events with names; which ones they are does not matter.
        while unsafe withUnsafeTemporaryAllocation(
            byteCount: 4096, alignment: 8, { unsafe read(descriptor, $0.baseAddress!, 4096) }) > 0
        {
            isAny = true
        }
        return isAny
    }
}
