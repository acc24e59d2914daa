import Platform
import Records
import Synchronization

/// The pages, by their origins, in which the App was seen to be shown. There it need not be launched once more by the
/// simulator itself, until it was down: it may have come back with other headers.
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
