import CLinux
import Glibc
import Platform
import StoreFiles
import Synchronization

/// Tells of commits to an SQLite file by any connection, mostly of another process.
///
/// `PRAGMA data_version` says whether somebody has committed, and inotify(7) on the write-ahead log when to look. Its
/// event comes before the commit can be seen, so the watcher looks a millisecond later, and again a few times; a slow
/// tick finds whatever inotify has missed or cannot see. The file need not exist yet, and may be removed or replaced:
/// that counts as a change.
package final class ChangeWatcher: Sendable {
    private let thread: Mutex<Thread?>
    private let stopSignal: Int32
    private let wakeUpCount: WakeUpCount

    /// How often the watcher's thread has woken up.
    package var wakeUps: Int { wakeUpCount.value.load(ordering: .relaxed) }

    /// Begins to watch. Every commit after this is told.
    ///
    /// - Parameters:
    ///   - path: the file, in write-ahead mode; `-wal` lies beside it.
    ///   - tick: how long a change may remain unseen at most.
    ///   - onChange: called on the watcher's own thread; several commits may be told as one.
    package init(
        path: String, tick: Duration = .milliseconds(250), onChange: @escaping @Sendable () -> Void
    ) throws(ReplicaError) {
        let stopSignal = eventfd(0, Int32(EFD_CLOEXEC))
        guard stopSignal >= 0 else { throw ReplicaError.file(.system(call: "eventfd", path: path, code: errno)) }
        let count = WakeUpCount()
        // Nobody but the thread uses it.
        nonisolated(unsafe) let loop = WatchLoop(
            path: path, tick: tick, stopSignal: stopSignal, count: count, onChange: onChange)
        do throws(SystemError) {
            thread = Mutex(try Thread(stack: Thread.smallStack) { unsafe loop.run() })
        } catch {
            close(stopSignal)
            throw ReplicaError.file(.system(call: "pthread_create", path: path, code: error.code))
        }
        self.stopSignal = stopSignal
        wakeUpCount = count
    }

    deinit {
        stop()
        close(stopSignal)
    }

    /// Ends watching; nothing is told afterwards. Not for use in `onChange`.
    package func stop() {
        let thread = thread.withLock { thread in
            defer { thread = nil }
            return thread
        }
        guard let thread else { return }
        _ = eventfd_write(stopSignal, 1)
        thread.join()
    }
}

/// Counts, across threads.
final class WakeUpCount: Sendable {
    let value = Atomic(0)
}
