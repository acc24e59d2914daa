import Dispatch
import Glibc
import Synchronization

/// SIGINT and SIGTERM, caught from the creation of this object until the process ends. The first signal asks the run
/// to stop; a second one ends the process. That loses nothing either: the next run fetches what is not committed.
package final class StopSignal: Sendable {
    /// 0 before the first signal.
    private let received = Atomic<Int32>(0)

    /// - Parameter stop: called once, for the first signal.
    package init(_ stop: @escaping @Sendable () -> Void) {
        for number in [SIGINT, SIGTERM] {
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                // The handler holds its source, which keeps the source alive.
                withExtendedLifetime(source) {}
                let isFirst = self.received.compareExchange(
                    expected: 0, desired: number, ordering: .relaxed
                ).exchanged
                guard isFirst else { _exit(128 + number) }
                stop()
            }
            let isHeard = DispatchSemaphore(value: 0)
            source.setRegistrationHandler { isHeard.signal() }
            source.resume()
            // Until registration, a signal ends the process by default; afterwards, Dispatch catches it.
            isHeard.wait()
        }
    }

    /// 130 or 143 once a signal has come; nil before.
    package var exitCode: Int32? {
        let number = received.load(ordering: .relaxed)
        return number == 0 ? nil : 128 + number
    }
}
