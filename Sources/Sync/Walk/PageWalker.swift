internal import DataAPI

/// Walks the pages of a Find in order, and asks for the next one while the last is being taken in.
struct PageWalker: Sendable {
    let source: any PageSource
    let stream: SyncStream
    let walk: PageWalk

    /// How often a page is asked for while the answers belong to other requests.
    private static let maximumAnswers = 3

    /// Returns behind the last page.
    ///
    /// - Parameter take: takes in a page, given what was asked and what follows. It is called for
    ///   every page that was received, also for one that nothing sound follows. A cancelled task
    ///   finishes it, and asks for no further page.
    func run(
        from first: PageRequest, _ take: (Page, PageRequest, PageWalk.Step) async throws -> Void
    ) async throws {
        var request = first
        var page = try await answer(to: request)
        while true {
            let step = walk.step(after: request, page.continuation)
            guard case .next(let following) = step else {
                try await take(page, request, step)
                if case .failed(let failure) = step { throw failure }
                return
            }
            async let next = answer(to: following)
            try await take(page, request, step)
            try Task.checkCancellation()
            page = try await next
            request = following
        }
    }

    /// An answer whose links tell of another window is an old one that was served again: its
    /// records are no harm, but its end is not ours.
    private func answer(to request: PageRequest) async throws -> Page {
        for _ in 0..<Self.maximumAnswers {
            let page = try await source.page(stream.find(request))
            if !page.linkProblems.contains(.otherWindow) { return page }
        }
        throw StreamFailure.wrongPage
    }
}
