import DataAPI

/// In which order of time records, and so pages, follow each other.
enum PageOrder: Hashable, Sendable {
    case ascending
    case descending

    /// The order of a page's records; nil where they have none, or are all of one instant.
    init?(of instants: [Instant]) {
        guard instants.first != instants.last else { return nil }
        let pairs = zip(instants, instants.dropFirst())
        if pairs.allSatisfy({ $0 <= $1 }) {
            self = .ascending
        } else if pairs.allSatisfy({ $0 >= $1 }) {
            self = .descending
        } else {
            return nil
        }
    }

    /// The order by which pages have come to a request all of whose records are of one instant; nil where nothing
    /// tells. Links that cut their ends to seconds are widened to the second's last microsecond.
    init?(of request: PageRequest, at instant: Instant) {
        if request.from == instant {
            self = .ascending
        } else if let to = request.to, to >= instant, to - instant < .seconds(1),
            to == instant || to.microseconds % 1_000_000 == 999_999
        {
            self = .descending
        } else {
            return nil
        }
    }

    /// Whether an instant lies further on than where the request begins.
    func isAhead(_ instant: Instant, in request: PageRequest) -> Bool {
        switch self {
        case .ascending: request.from.map { instant > $0 } ?? true
        case .descending: request.to.map { instant.lastMicrosecond < $0 } ?? true
        }
    }

    /// The request that goes on at an instant.
    func request(_ request: PageRequest, at instant: Instant) -> PageRequest {
        switch self {
        case .ascending: PageRequest(from: instant, to: request.to, size: request.size)
        case .descending: PageRequest(from: request.from, to: instant.lastMicrosecond, size: request.size)
        }
    }

    /// The request that goes on behind an instant.
    func request(_ request: PageRequest, behind instant: Instant) -> PageRequest {
        switch self {
        case .ascending:
            PageRequest(from: instant.lastMicrosecond + .microseconds(1), to: request.to, size: request.size)
        case .descending:
            PageRequest(from: request.from, to: instant - .microseconds(1), size: request.size)
        }
    }
}

extension Instant {
    /// The last microsecond that a time as it is shown may stand for: where it is a whole second, it may have been cut
    /// to it.
    var lastMicrosecond: Instant { microseconds % 1_000_000 == 0 ? self + .microseconds(999_999) : self }
}
