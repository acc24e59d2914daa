package import Platform
import CLinux
import Glibc
import Synchronization

/// Keeps about as many threads active as there are processors, and the others ready for when an
/// active one must wait.
///
/// More threads than processors only take turns: 32 of them switched three times per request, and
/// answered a quarter fewer requests.
package final class ActiveThreads: Sendable {
    private struct Counts {
        var active = 0
        var parked = 0
        var isOver = false
    }

    private let limit: Int
    private let counts = Mutex(Counts())
    /// `counts.active`, for reading without a lock.
    private let active = Atomic(0)
    /// Parked threads read from it; writing a number releases that many threads.
    private let semaphore: Int32

    /// - Parameter limit: how many threads are active, not counting those that wait.
    package init(limit: Int) throws(SocketError) {
        self.limit = limit
        semaphore = eventfd(0, Int32(EFD_CLOEXEC | EFD_SEMAPHORE))
        guard semaphore >= 0 else { throw .system("eventfd", errno) }
    }

    deinit { close(semaphore) }

    /// One more than the number of processors, so that none is idle while a thread writes its log.
    package static var standardLimit: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) + 1 }

    /// A thread starts. It may be parked at once.
    package func enter() {
        change { $0.active += 1 }
        parkIfSurplus()
    }

    /// Between two requests: waits while enough other threads are active.
    package func parkIfSurplus() {
        guard active.load(ordering: .relaxed) > limit else { return }
        let isParked = change { counts in
            guard counts.active > limit, !counts.isOver else { return false }
            counts.active -= 1
            counts.parked += 1
            return true
        }
        guard isParked else { return }
        var number: UInt64 = 0
        while unsafe read(semaphore, &number, 8) < 0 {}
    }

    /// Runs something that may wait for a peer or a disk; meanwhile another thread takes this one's place.
    package func whileWaiting<Result, Failure: Error>(_ body: () throws(Failure) -> Result) throws(Failure) -> Result {
        let isReplaced = change { counts in
            counts.active -= 1
            guard counts.parked > 0, counts.active < limit else { return false }
            counts.parked -= 1
            counts.active += 1
            return true
        }
        if isReplaced { _ = eventfd_write(semaphore, 1) }
        defer { change { $0.active += 1 } }
        return try body()
    }

    /// Releases all threads, and parks none from now on.
    package func finish() {
        let parked = change { counts in
            defer {
                counts.active += counts.parked
                counts.parked = 0
                counts.isOver = true
            }
            return counts.parked
        }
        if parked > 0 { _ = eventfd_write(semaphore, UInt64(parked)) }
    }

    @discardableResult
    private func change<Result>(_ body: (inout Counts) -> sending Result) -> sending Result {
        counts.withLock { counts in
            defer { active.store(counts.active, ordering: .relaxed) }
            return body(&counts)
        }
    }
}
