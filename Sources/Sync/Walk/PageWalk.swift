internal import DataAPI
internal import Replica

/// Decides which page comes after one. Nothing is ever skipped: where no sound page follows, the
/// walk ends with a failure.
struct PageWalk: Hashable, Sendable {
    let size: Int
    let maximumSize: Int

    enum Step: Hashable, Sendable {
        /// That was the last page.
        case end
        case next(PageRequest)
        /// There are more records, but no way to them.
        case failed(StreamFailure)
    }

    init(_ settings: SyncSettings) {
        size = settings.pageSize
        maximumSize = max(settings.pageSize, settings.maximumPageSize)
    }

    /// The page that a walk begins with.
    func first(_ window: StreamWindow) -> PageRequest {
        PageRequest(from: window.from, to: window.to, size: size)
    }

    /// The page that a walk goes on with; a stored place may be of other settings.
    func resumed(_ place: PageRequest) -> PageRequest {
        var request = place
        request.size = min(max(place.size ?? size, size), maximumSize)
        return request
    }

    /// What follows the answer to `request`.
    func step(after request: PageRequest, _ continuation: Page.Continuation) -> Step {
        switch continuation {
        case .end: return .end
        case .unclear: return .failed(.unclearLink)
        case .next(var next):
            guard !next.advances(from: request) else {
                next.size = size
                return .next(next)
            }
            // As many records carry one instant as the page holds; a larger one reaches past it.
            let current = request.size ?? size
            guard current < maximumSize else { return .failed(.stuck(at: request.from)) }
            var larger = request
            larger.size = min(current * 2, maximumSize)
            return .next(larger)
        }
    }
}
