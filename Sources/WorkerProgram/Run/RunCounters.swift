package import DataAPI
import Synchronization

/// What the client did in this run.
package final class RunCounters: Sendable {
    /// The figures.
    package struct Figures: Hashable, Sendable {
        /// Answers by status.
        package var requests: [Int: Int] = [:]
        /// Requests that were sent again.
        package var retries = 0
        /// Tokens that were requested.
        package var tokens = 0
    }

    private let state = Mutex(Figures())

    package init() {}

    /// The figures so far.
    package var figures: Figures { state.withLock { $0 } }

    /// Counts an event.
    package func count(_ event: ClientEvent) {
        state.withLock { figures in
            switch event {
            case .answered(_, let status, _, _): figures.requests[status, default: 0] += 1
            case .retrying: figures.retries += 1
            case .tokenRenewed: figures.tokens += 1
            case .tokenStoreFailed, .versionDeprecated, .versionDiscontinued: break
            }
        }
    }
}
