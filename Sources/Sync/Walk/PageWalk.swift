import DataAPI
import Replica

/// Decides which page follows another. Nothing is ever skipped silently: if more records share one instant
/// than a page holds, the walk continues after it and reports it; if no valid page follows for another reason,
/// the walk fails.
struct PageWalk: Hashable, Sendable {
    /// How many pages in a row may show no place in time and still name a next page.
    private static let maximumBlindPages = 100
    /// If answers have neither links nor times, a page with fewer records than this is not full.
    private static let smallestFullPage = 10

    let size: Int
    private let maximumSize: Int
    private let cursorField: String?
    /// The most records that a page has held: a lower bound of what pages hold.
    private var capacity = 0
    /// Whether a probe has asked for the most that pages hold.
    private var hasAskedForCapacity = false
    /// Pages in a row that were empty, or without dates although the resource has dates.
    private var blindPages = 0
    /// The most records to request at this place, because twice as many were too large.
    private var ceiling: Int?
    /// The order in which pages follow each other, as far as it is known.
    private var order: PageOrder?

    enum Step: Hashable, Sendable {
        /// That was the last page.
        case end
        case next(PageRequest)
        /// More records share this instant than a page holds. Nil: nothing follows it.
        case around(Instant, PageRequest?)
        /// More records exist, but no request reaches them.
        case failed(StreamFailure)
    }

    init(_ settings: SyncSettings, of resource: Resource) {
        size = settings.pageSize
        maximumSize = max(settings.pageSize, settings.maximumPageSize)
        cursorField = resource.cursorField
    }

    /// The first page of a walk.
    func first(_ window: StreamWindow) -> PageRequest {
        PageRequest(from: window.from, to: window.to, size: size)
    }

    /// The page that a walk resumes with; its size is that of the settings, whatever it was before.
    func resumed(_ place: PageRequest) -> PageRequest {
        var request = place
        request.size = size
        return request
    }

    /// Requests a page; if it is too large, requests a smaller one instead.
    mutating func page(_ request: inout PageRequest, ask: (PageRequest) async throws -> Page) async throws -> Page {
        while true {
            do {
                return try await ask(request)
            } catch let error as DataAPIError where error.code == .tooLarge {
                let current = request.size ?? size
                guard current > 1 else { throw error }
                request.size = current / 2
                ceiling = current / 2
            }
        }
    }

    /// A question that decides how the walk continues.
    enum Probe: Hashable, Sendable {
        /// Whether anything precedes the one instant of all of a page's records, if nothing else shows the order of
        /// pages.
        case order(PageRequest)
        /// Whether pages can hold more than this one, whose records are all of one instant and which has no links.
        case capacity(PageRequest)

        var request: PageRequest {
            switch self {
            case .order(let request), .capacity(let request): request
            }
        }
    }

    /// The question to ask before ``step(after:_:)`` can tell what follows a page; nil if none is left.
    func probe(after request: PageRequest, _ page: Page) -> Probe? {
        let instants = page.instants(of: cursorField)
        guard let instant = instants.first, instants.allSatisfy({ $0 == instant }) else { return nil }
        switch page.continuation {
        case .next(let next) where !next.isExhausted && !next.advances(from: request): break
        case .end where !isEnd(page, request): break
        default: return nil
        }
        if order == nil, PageOrder(of: request, at: instant) == nil {
            return .order(PageRequest(from: request.from, to: instant - .microseconds(1), size: 1))
        }
        guard !page.isLinked, !hasAskedForCapacity, mayBeFull(page) else { return nil }
        return .capacity(PageRequest(size: size))
    }

    /// Takes in the answer to a probe.
    mutating func learn(from answer: Page, to probe: Probe) {
        switch probe {
        case .order: order = answer.items.isEmpty ? .ascending : .descending
        case .capacity: (capacity, hasAskedForCapacity) = (max(capacity, answer.items.count), true)
        }
    }

    /// Whether an answer without links may have left out records of its one instant: no other answer held more. A
    /// single record counts as complete, because no API has pages of one.
    private func mayBeFull(_ page: Page) -> Bool { page.items.count >= max(2, capacity) }

    /// The step that follows the answer to `request`.
    mutating func step(after request: PageRequest, _ page: Page) -> Step {
        capacity = max(capacity, page.items.count)
        let isBlind = page.items.isEmpty || cursorField != nil && page.instants(of: cursorField).isEmpty
        blindPages = isBlind ? blindPages + 1 : 0
        switch page.continuation {
        case .unclear: return .failed(.unclearLink)
        case .end: return isEnd(page, request) ? .end : behind(request, page)
        case .next(let next):
            guard !next.isExhausted else { return .end }
            guard blindPages < Self.maximumBlindPages else { return .failed(.endless(pages: blindPages)) }
            return next.advances(from: request) ? .next(advance(request, to: next)) : behind(request, page)
        }
    }

    /// Whether an answer that names no next page is the last one. Without links, only an empty one is, because
    /// pages may be limited in any way; if records have no time, one that cannot be a full page is, too.
    private func isEnd(_ page: Page, _ request: PageRequest) -> Bool {
        if page.isLinked || page.items.isEmpty { return true }
        guard page.instants(of: cursorField).isEmpty else { return false }
        return page.items.count < min(request.size ?? size, max(Self.smallestFullPage, capacity))
    }

    /// The step after a page that names no page that begins later: the records show how to continue.
    private mutating func behind(_ request: PageRequest, _ page: Page) -> Step {
        // A time outside the requested window proves nothing about how to continue.
        let shown = page.instants(of: cursorField)
        let instants = shown.filter { request.holds($0) }
        // A record that is too large or broken may hide its time; a link that leads nowhere shows that it is the time
        // at which the request begins. Records with other times belong to another answer, and hide nothing.
        let mayHide = cursorField != nil && shown.isEmpty && page.continuation != .end && !page.items.isEmpty
        let hidden = mayHide ? (order == .descending ? request.to : request.from) : nil
        guard let first = instants.first ?? hidden, let last = instants.last ?? hidden else {
            return grown(request, page) ?? .failed(.stuck(at: request.from))
        }
        let order = first == last ? order ?? PageOrder(of: request, at: first) : PageOrder(of: instants)
        guard let order else { return grown(request, page) ?? .failed(.stuck(at: request.from ?? first)) }
        if order.isAhead(last, in: request) { return .next(advance(request, to: order.request(request, at: last))) }
        if let larger = grown(request, page) { return larger }
        let beyond = order.request(request, behind: last)
        // Without links, the walk ends with an empty page, and most records are alone at their instant.
        let isCrowd = page.isLinked || mayBeFull(page)
        guard !beyond.isExhausted else { return isCrowd ? .around(last, nil) : .end }
        guard beyond.advances(from: request) else { return .failed(.stuck(at: last)) }
        let next = advance(request, to: beyond)
        return isCrowd ? .around(last, next) : .next(next)
    }

    private mutating func advance(_ request: PageRequest, to next: PageRequest) -> PageRequest {
        ceiling = nil
        if next.from != request.from { order = .ascending } else if next.to != request.to { order = .descending }
        var next = next
        // After pages that were too large, return to the usual size step by step.
        next.size = min(size, (request.size ?? size) * 2)
        return next
    }

    /// A larger page at the same place, which may reach past an instant; nil if none can.
    private func grown(_ request: PageRequest, _ page: Page) -> Step? {
        let current = request.size ?? size
        // If fewer came than requested, a larger request would bring no more.
        guard current < min(maximumSize, ceiling ?? .max), page.items.count >= current else { return nil }
        var larger = request
        larger.size = min(current * 2, maximumSize)
        return .next(larger)
    }
}

extension PageWalk: PageDecision {
    mutating func step(
        after request: PageRequest, _ page: Page, ask: (PageRequest) async throws -> Page
    ) async throws -> Step {
        while let probe = probe(after: request, page) { learn(from: try await ask(probe.request), to: probe) }
        return step(after: request, page)
    }

    static func following(_ step: Step) -> (request: PageRequest, mayRepeat: Bool)? {
        switch step {
        case .next(let request): (request, true)
        case .around(_, let request): request.map { ($0, false) }
        case .end, .failed: nil
        }
    }

    static func circle(at request: PageRequest) -> Step { .failed(.circle(at: request.from)) }
}

extension PageRequest {
    /// Whether its window ends before it begins.
    fileprivate var isExhausted: Bool {
        guard let from, let to else { return false }
        return from > to
    }

    /// Whether a displayed instant may lie in its window.
    fileprivate func holds(_ instant: Instant) -> Bool {
        (from.map { instant.lastMicrosecond >= $0 } ?? true) && (to.map { instant <= $0 } ?? true)
    }
}

extension Page {
    /// The times of the records that have one, in the page's order.
    func instants(of cursorField: String?) -> [Instant] {
        guard let cursorField else { return [] }
        return items.compactMap { item in
            switch item {
            case .record(let record), .repaired(let record, _): record[cursorField]?.instant
            case .oversized(let outline): Record(parsing: outline)?[cursorField]?.instant
            case .unreadable: nil
            }
        }
    }
}
