import Dispatch
import Glibc
import Synchronization

/// SIGINT and SIGTERM, heard from when this is made until the process ends: the first one asks for an end, the
/// second one ends the process, which loses nothing either: what is not committed is fetched again.
package final class StopSignal: Sendable {
    /// 0 before any.
    private let received = Atomic<Int32>(0)

    /// - Parameter stop: called once, for the first.
    package init(_ stop: @escaping @Sendable () -> Void) {
        for number in [SIGINT, SIGTERM] {
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler {
                // The handler holds its source, and so keeps it.
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
            // Until then a signal ends the process in the system's own way; then Dispatch catches it.
            isHeard.wait()
        }
    }

    /// 130 or 143 once one has come; nil before.
    package var exitCode: Int32? {
        let number = received.load(ordering: .relaxed)
        return number == 0 ? nil : 128 + number
    }
}
