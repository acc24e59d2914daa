import Platform
import CLinux
import Glibc

/// A minimal interface to Linux's epoll: several threads wait for the same set of descriptors.
struct Poller: ~Copyable {
    private let descriptor: Int32

    init() throws(SocketError) {
        descriptor = epoll_create1(Int32(EPOLL_CLOEXEC))
        guard descriptor >= 0 else { throw .system("epoll_create1", errno) }
    }

    deinit { close(descriptor) }

    /// Reports the descriptor for as long as it is readable.
    func add(_ target: Int32) -> Bool { control(EPOLL_CTL_ADD, target, EPOLLIN.rawValue) }

    /// Reports the descriptor once, to one thread. Also re-arms a known descriptor.
    ///
    /// - Parameter mark: reported with the descriptor.
    func addOnce(_ target: Int32, mark: Bool) -> Bool {
        let events = EPOLLIN.rawValue | EPOLLRDHUP.rawValue | EPOLLONESHOT.rawValue
        return control(EPOLL_CTL_MOD, target, events, mark) || control(EPOLL_CTL_ADD, target, events, mark)
    }

    /// Waits for at most `limit` (1 or 2) descriptors to become readable, and runs `body` for each of them.
    ///
    /// - Parameter timeout: milliseconds; -1 for ever.
    func wait(limit: Int32, timeout: Int32, _ body: (_ descriptor: Int32, _ mark: Bool) -> Void) {
        var events = unsafe InlineArray<2, epoll_event>(repeating: epoll_event())
        var span = unsafe events.mutableSpan
        let count = unsafe span.withUnsafeMutableBufferPointer { buffer in
            unsafe epoll_wait(descriptor, buffer.baseAddress!, limit, timeout)
        }
        // Interrupted by a signal: nothing is ready.
        for index in 0..<max(0, Int(count)) {
            let data = unsafe events[index].data.u64
            body(Int32(truncatingIfNeeded: data), data >> 32 != 0)
        }
    }

    private func control(_ operation: Int32, _ target: Int32, _ events: UInt32, _ mark: Bool = false) -> Bool {
        var event = unsafe epoll_event()
        unsafe event.events = events
        unsafe event.data.u64 = UInt64(target) | (mark ? 1 << 32 : 0)
        return unsafe epoll_ctl(descriptor, operation, target, &event) == 0
    }
}
