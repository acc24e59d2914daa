import Platform
import Synchronization

/// The thread that waits for the disk, so that no caller does: it puts the log onto the disk, and moves it into the
/// database.
final class Housekeeper: Sendable {
    private enum Chore {
        case sync
        case checkpoint
        case emptyLog
        case answer(CheckedContinuation<Void, Never>)
    }

    let end = EndSignal()
    private let queue = JobQueue<Chore>()
    private let counters: JournalCounters
    private let isCheckpointing = Atomic(false)
    private let isBroken = Atomic(false)
    private let failure = Mutex<JournalError?>(nil)

    /// Why nothing more can be promised: the disk does not take what it was given. The system reports such an error
    /// once and then forgets it, with the data.
    var broken: JournalError? { isBroken.load(ordering: .acquiring) ? failure.withLock { $0 } : nil }

    /// - Parameter open: makes the connection for checkpoints, when the first is due.
    init(
        _ files: JournalFiles, _ counters: JournalCounters,
        open: @escaping @Sendable () throws(JournalError) -> SQLiteConnection
    ) {
        self.counters = counters
        let (queue, end) = (queue, end)
        Thread.detached { [self] in
            var connection: SQLiteConnection?
            while let chores = queue.take(.max) {
                for chore in chores {
                    switch chore {
                    case .sync: sync(files)
                    case .checkpoint:
                        connection = connection ?? (try? open())
                        connection?.checkpoint()
                        isCheckpointing.store(false, ordering: .releasing)
                    case .emptyLog:
                        connection = connection ?? (try? open())
                        connection?.emptyLog()
                    case .answer(let continuation): continuation.resume()
                    }
                }
            }
            files.close()
            connection = nil
            end.send()
        }
    }

    /// Puts the log onto the disk soon.
    func sync() { _ = queue.add(.sync) }

    /// Moves the log into the database soon.
    func checkpoint() {
        guard !isCheckpointing.exchange(true, ordering: .acquiringAndReleasing) else { return }
        _ = queue.add(.checkpoint)
    }

    /// Puts the log onto the disk, and moves all of it into the database if asked to; returns when that is done.
    func settle(emptiesLog: Bool) async {
        sync()
        if emptiesLog { _ = queue.add(.emptyLog) }
        await withCheckedContinuation { continuation in
            if !queue.add(.answer(continuation)) { continuation.resume() }
        }
    }

    /// Does what was asked for, and ends.
    func finish() { queue.finish() }

    private func sync(_ files: JournalFiles) {
        do throws(JournalError) {
            try files.sync()
            counters.countSync()
        } catch {
            failure.withLock { $0 = error }
            isBroken.store(true, ordering: .releasing)
        }
    }
}
