import CLinux
import Glibc
import Synchronization

/// What waits for one thread, in the order of its arrival.
final class JobQueue<Job: Sendable>: Sendable {
    private struct State {
        var jobs: [Job] = []
        /// Whether the thread waits to be woken.
        var isAsleep = false
        var isClosed = false
    }

    private let state = Mutex(State())
    /// Becomes readable when the thread must wake.
    private let bell: Int32

    init() {
        bell = eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK))
        precondition(bell >= 0, "eventfd: no descriptor is left")
    }

    deinit { close(bell) }

    /// Adds a job; false if the queue is closed.
    func add(_ job: Job) -> Bool {
        let (isTaken, wakes) = state.withLock { state in
            guard !state.isClosed else { return (false, false) }
            state.jobs.append(job)
            defer { state.isAsleep = false }
            return (true, state.isAsleep)
        }
        if wakes { _ = eventfd_write(bell, 1) }
        return isTaken
    }

    /// Takes no further jobs. Those that wait are still given out.
    func finish() {
        let wakes = state.withLock { state in
            state.isClosed = true
            defer { state.isAsleep = false }
            return state.isAsleep
        }
        if wakes { _ = eventfd_write(bell, 1) }
    }

    /// Everything that waits, without waiting for more.
    func takeAll() -> [Job] {
        state.withLock { state in
            defer { state.jobs = [] }
            return state.jobs
        }
    }

    /// Waits until there are jobs, and takes at most `limit` of them. Only the one thread calls this.
    ///
    /// - Parameter patience: how many seconds to wait; nil for as long as it takes.
    /// - Returns: nil once the queue is closed and empty; no jobs when the time is over.
    func take(_ limit: Int, within patience: Double? = nil) -> [Job]? {
        if let taken = takeNow(limit) { return taken.jobs }
        var status = pollfd(fd: bell, events: Int16(POLLIN), revents: 0)
        let milliseconds = patience.map { Int32(max(0, $0) * 1_000) + 1 } ?? -1
        while unsafe poll(&status, 1, milliseconds) < 0, errno == EINTR {}
        var count: eventfd_t = 0
        _ = unsafe eventfd_read(bell, &count)
        return takeNow(limit).map(\.jobs) ?? []
    }

    /// Nil if there is nothing to take, and the thread is noted as asleep.
    private func takeNow(_ limit: Int) -> (jobs: [Job]?, Void)? {
        state.withLock { state in
            guard !state.jobs.isEmpty else {
                state.isAsleep = !state.isClosed
                return state.isClosed ? (nil, ()) : nil
            }
            state.isAsleep = false
            if state.jobs.count <= limit {
                defer { state.jobs = [] }
                return (state.jobs, ())
            }
            defer { state.jobs.removeFirst(limit) }
            return (Array(state.jobs.prefix(limit)), ())
        }
    }
}
