import DataAPI

/// The order of time in which records, and so pages, follow each other.
enum PageOrder: Hashable, Sendable {
    case ascending
    case descending

    /// The order of a page's records; nil if they have none, or all share one instant.
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

    /// The order of the pages that led to a request whose records all share one instant; nil if nothing shows it.
    /// Links that cut their ends to seconds are widened to the second's last microsecond.
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

    /// Whether an instant is beyond the beginning of the request.
    func isAhead(_ instant: Instant, in request: PageRequest) -> Bool {
        switch self {
        case .ascending: request.from.map { instant > $0 } ?? true
        case .descending: request.to.map { instant.lastMicrosecond < $0 } ?? true
        }
    }

    /// The request that continues at an instant.
    func request(_ request: PageRequest, at instant: Instant) -> PageRequest {
        switch self {
        case .ascending: PageRequest(from: instant, to: request.to, size: request.size)
        case .descending: PageRequest(from: request.from, to: instant.lastMicrosecond, size: request.size)
        }
    }

    /// The request that continues after an instant.
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
    /// The last microsecond that a displayed time may stand for: a whole second may have been cut to the second.
    var lastMicrosecond: Instant { microseconds % 1_000_000 == 0 ? self + .microseconds(999_999) : self }
}
