import CLinux
import Glibc
import Synchronization

/// What a ``ChangeWatcher`` does on its thread.
final class WatchLoop {
    /// After an event, looks again after this time, and then after twice as long each time.
    private static let firstDelay: Int32 = 1
    private static let lastDelay: Int32 = 64
    /// After a change, rests this long: during a bulk load, commits are told together.
    private static let rest: Int32 = 5

    private let tick: Int32
    private let stopSignal: Int32
    private let count: WakeUpCount
    private let onChange: @Sendable () -> Void
    private let events: FileEvents
    private var file: WatchedFile

    /// Looks for the first time, so that whatever is committed from now on is a change.
    init(
        path: String, tick: Duration, stopSignal: Int32, count: WakeUpCount, onChange: @escaping @Sendable () -> Void
    ) {
        let (seconds, attoseconds) = tick.components
        self.tick = Int32(seconds * 1000 + attoseconds / 1_000_000_000_000_000)
        self.stopSignal = stopSignal
        self.count = count
        self.onChange = onChange
        events = FileEvents(beside: path)
        file = WatchedFile(path: path)
        events.watch()
        _ = file.hasChanged()
        // Opening the file may have made its log.
        events.watch()
    }

    func run() {
        while true {
            // The next event, or the next tick.
            guard wait(tick, forEvents: true) else { return }
            var delay = events.drain() ? Self.firstDelay : 0
            while true {
                if delay > 0 {
                    guard wait(delay, forEvents: false) else { return }
                    _ = events.drain()
                }
                events.watch()
                if file.hasChanged() {
                    onChange()
                    guard wait(Self.rest, forEvents: false) else { return }
                    break
                }
                guard delay > 0, delay < Self.lastDelay else { break }
                delay *= 2
            }
        }
    }

    /// False when the watcher must end.
    private func wait(_ milliseconds: Int32, forEvents: Bool) -> Bool {
        var descriptors = [pollfd(fd: stopSignal, events: Int16(POLLIN), revents: 0)]
        if forEvents, events.descriptor >= 0 {
            descriptors.append(pollfd(fd: events.descriptor, events: Int16(POLLIN), revents: 0))
        }
        let ready = unsafe descriptors.withUnsafeMutableBufferPointer {
            unsafe poll($0.baseAddress!, nfds_t($0.count), milliseconds)
        }
        count.value.add(1, ordering: .relaxed)
        return ready <= 0 || descriptors[0].revents == 0
    }
}
