import DataAPI
import Replica

/// Measures how much of a window is done by how much of its time is left, whichever end the pages
/// come from.
struct WindowProgress: Sendable {
    private let end: Instant
    /// Unknown for a window without a beginning, until its first record shows one.
    private var begin: Instant?

    init(_ window: PullWindow) {
        end = window.window.to
        begin = window.window.from
    }

    /// - Returns: the position and the fraction after a page.
    mutating func measure(_ page: Page, _ step: PageWalk.Step, of resource: Resource) -> (Instant?, Double?) {
        let next: PageRequest
        switch step {
        case .next(let request), .around(_, let request?): next = request
        case .end, .around(_, nil): return (end, 1)
        case .failed: return (nil, nil)
        }
        if begin == nil, let field = resource.cursorField {
            begin = page.instants(of: field).min()
        }
        guard let begin, begin < end else { return (next.from, nil) }
        let left = (next.to ?? end) - max(next.from ?? begin, begin)
        return (next.from, min(1, max(0, 1 - left / (end - begin))))
    }
}
