import Platform
import Records
import Synchronization

/// The origins of pages that have shown the App. There the simulator need not launch it again itself, unless the App
/// was down: it may have come back with different headers.
package final class AppsSeen: Sendable {
    private let hosts = Mutex<Set<Origin>>([])

    package init() {}

    func contains(_ host: Origin) -> Bool { hosts.withLock { $0.contains(host) } }

    func note(_ report: AppReport) {
        hosts.withLock { hosts in
            if report.trouble == nil {
                hosts.insert(report.host)
            } else {
                hosts.remove(report.host)
            }
        }
    }

    func forget() { hosts.withLock { $0 = [] } }
}
