package import DataAPI
package import Replica

/// Why a stream's run failed. What it prints identifies nobody.
package enum StreamFailure: Error, Hashable, Sendable {
    /// Welkin, or the way there.
    case api(DataAPIError)
    /// The replica.
    case store(ReplicaError)
    /// More records carry this instant than the largest page holds. Nil where no page gave one.
    case stuck(at: Instant?)
    /// There is a next page, but no sound link to it.
    case unclearLink
    /// The links lead back to a page that was there before: there is no way on behind this instant.
    /// Nil where no page gave one.
    case circle(at: Instant?)
    /// There is nothing to verify: the stream's first pull has not been finished.
    case neverPulled
    /// The next window would end this long before it begins: by the clocks, or since the settle time was
    /// raised. Nothing was asked for, or nothing of it counts.
    case notDue(Duration)
    /// So many pages in a row had no record with a time, and named a next one all the same.
    case endless(pages: Int)
    /// An error of another type, whose name this is.
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
            "more records than the largest page holds are of "
                + (instant.map { "one instant, \($0)" } ?? "the first instant")
        case .unclearLink: "a page names a next page, but no link to it is sound"
        case .circle(let instant):
            "the links lead in a circle; the way on ends at "
                + (instant.map { "\($0)" } ?? "the first instant")
        case .neverPulled: "the first sync has not been finished"
        case .notDue(let time):
            "nothing is due for another \(time.components.seconds) s: this machine's clock is behind, or "
                + "WELKIN_SYNC_SETTLE was raised"
        case .endless(let pages): "\(pages) pages in a row had no record with a time, and each names a next one"
        case .unexpected(let type): "an error of the type \(type)"
        }
    }
}

extension ReplicaError {
    fileprivate var code: String {
        switch self {
        case .diskFull: "disk_full"
        case .locked, .runInProgress: "locked"
        case .readOnly: "read_only"
        case .corrupt: "corrupt"
        case .invalidName: "invalid_name"
        case .database, .system: "failed"
        default: "refused"
        }
    }
}
