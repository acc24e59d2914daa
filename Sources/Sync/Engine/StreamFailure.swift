package import DataAPI
package import Replica
import StoreFiles

/// Why a stream's run failed. Its text identifies nobody.
package enum StreamFailure: Error, Hashable, Sendable {
    /// Welkin, or the network on the way.
    case api(DataAPIError)
    /// The replica.
    case store(ReplicaError)
    /// More records share this instant than the largest page holds. Nil if no page showed an instant.
    case stuck(at: Instant?)
    /// A next page exists, but no valid link leads to it.
    case unclearLink
    /// The links lead back to an earlier page, and nothing beyond this instant can be reached. Nil if
    /// no page showed an instant.
    case circle(at: Instant?)
    /// There is nothing to verify, because the stream's first pull has not finished.
    case neverPulled
    /// The next window would end this long before it begins, because of the clocks or because the settle time
    /// was raised. Nothing was requested, or no answer counts.
    case notDue(Duration)
    /// This many pages in a row had no record with a time but still named a next page.
    case endless(pages: Int)
    /// The type name of any other error.
    case unexpected(String)

    init(_ error: any Error) {
        switch error {
        case let failure as StreamFailure: self = failure
        case let error as DataAPIError: self = .api(error)
        case let error as ReplicaError: self = .store(error)
        default: self = .unexpected(String(describing: type(of: error)))
        }
    }

    /// One word, for `status` and metrics.
    package var code: String {
        switch self {
        case .api(let error): error.code.rawValue
        case .store(let error): "replica_" + error.code
        case .stuck: "stuck"
        case .unclearLink: "unclear_link"
        case .circle: "circle"
        case .neverPulled: "never_pulled"
        case .notDue: "not_due"
        case .endless: "endless"
        case .unexpected: "unexpected"
        }
    }
}

extension StreamFailure: CustomStringConvertible {
    /// One line.
    package var description: String {
        switch self {
        case .api(let error): error.description
        case .store(let error): error.description
        case .stuck(let instant):
            "more records than the largest page holds share "
                + (instant.map { "one instant, \($0)" } ?? "the first instant")
        case .unclearLink: "a page names a next page, but has no valid link to it"
        case .circle(let instant):
            "the links lead in a circle; nothing can be reached beyond "
                + (instant.map { "\($0)" } ?? "the first instant")
        case .neverPulled: "the first sync has not finished"
        case .notDue(let time):
            "nothing is due for another \(time.components.seconds) s: this machine's clock is behind, or "
                + "WELKIN_SYNC_SETTLE was raised"
        case .endless(let pages): "\(pages) pages in a row had no record with a time, but each names a next page"
        case .unexpected(let type): "an unexpected error of type \(type)"
        }
    }
}

extension ReplicaError {
    fileprivate var code: String {
        switch self {
        case .diskFull: "disk_full"
        case .locked, .runInProgress: "locked"
        case .file(.readOnly): "read_only"
        case .corrupt: "corrupt"
        case .invalidName: "invalid_name"
        case .database, .file(.system): "failed"
        default: "refused"
        }
    }
}
