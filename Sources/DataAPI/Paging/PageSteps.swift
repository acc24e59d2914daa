/// Decides which page of a Find follows another.
package protocol PageDecision: Sendable {
    /// What follows a page.
    associatedtype Step: Sendable

    /// Requests a page. If it cannot be had, may request another instead, which is then the request.
    mutating func page(
        _ request: inout PageRequest, ask: (PageRequest) async throws -> Page
    ) async throws -> Page

    /// The step that follows the answer to `request`; may ask what it needs to know for that.
    mutating func step(
        after request: PageRequest, _ page: Page, ask: (PageRequest) async throws -> Page
    ) async throws -> Step

    /// The request that a step leads to, and whether it counts when pages repeat; nil if it leads to none.
    static func following(_ step: Step) -> (request: PageRequest, mayRepeat: Bool)?

    /// The step instead of one that would lead in a circle.
    static func circle(at request: PageRequest) -> Step
}

/// Goes through the pages of a Find in order, and never in circles.
package struct PageSteps<Decision: PageDecision>: Sendable {
    private var decision: Decision
    private var circle: CircleDetector
    private var request: PageRequest?

    package init(_ decision: Decision, from first: PageRequest) {
        self.decision = decision
        circle = CircleDetector(from: first)
        request = first
    }

    /// Whether no page follows the last one.
    package var isDone: Bool { request == nil }

    /// The next page, the request that brought it, and the step that follows it; nil after the last page.
    ///
    /// - Parameter ask: sends one request.
    package mutating func next(
        _ ask: (PageRequest) async throws -> Page
    ) async throws -> (page: Page, request: PageRequest, step: Decision.Step)? {
        guard var request else { return nil }
        self.request = nil
        let page = try await decision.page(&request, ask: ask)
        var step = try await decision.step(after: request, page, ask: ask)
        if let (following, mayRepeat) = Decision.following(step), mayRepeat, circle.closes(with: following) {
            step = Decision.circle(at: request)
        }
        self.request = Decision.following(step)?.request
        return (page, request, step)
    }
}

/// Follows the links alone: an error rather than a page left out.
struct LinkDecision: PageDecision {
    enum Step: Sendable {
        case end
        case next(PageRequest)
        case failed(DataAPIError.Code)
    }

    func page(_ request: inout PageRequest, ask: (PageRequest) async throws -> Page) async throws -> Page {
        try await ask(request)
    }

    func step(
        after request: PageRequest, _ page: Page, ask: (PageRequest) async throws -> Page
    ) async throws -> Step {
        switch page.continuation {
        case .end: .end
        case .next(let following): following.advances(from: request) ? .next(following) : .failed(.stuck)
        case .unclear: .failed(.unclearLink)
        }
    }

    static func following(_ step: Step) -> (request: PageRequest, mayRepeat: Bool)? {
        guard case .next(let request) = step else { return nil }
        return (request, true)
    }

    static func circle(at request: PageRequest) -> Step { .failed(.stuck) }
}
