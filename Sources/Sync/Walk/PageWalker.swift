internal import DataAPI

/// Walks the pages of a Find in order, and asks for the next one while the last is being taken in.
struct PageWalker: Sendable {
    let source: any PageSource
    let stream: SyncStream
    let walk: PageWalk
    let stop: StopFlag

    /// Returns behind the last page.
    ///
    /// - Parameter take: takes in a page, given what was asked and what follows. It is called for
    ///   every page that was received, also for one that nothing sound follows, and for the last
    ///   one when the run is to stop. A cancelled task finishes it, and asks for no further page.
    /// - Throws: `CancellationError` when it was stopped.
    func run(
        from first: PageRequest, _ take: (Page, PageRequest, PageWalk.Step) async throws -> Void
    ) async throws {
        try stop.check()
        var request = first
        var circle = CircleDetector(from: first)
        var page = try await answer(to: request)
        while true {
            var step = walk.step(after: request, page.continuation)
            if case .next(let following) = step, circle.closes(with: following) {
                step = .failed(.circle(at: request.from))
            }
            guard case .next(let following) = step, !stop.isRaised else {
                try await take(page, request, step)
                if case .failed(let failure) = step { throw failure }
                if case .next = step { throw CancellationError() }
                return
            }
            async let next = answer(to: following)
            try await take(page, request, step)
            try Task.checkCancellation()
            page = try await next
            request = following
        }
    }

    private func answer(to request: PageRequest) async throws -> Page {
        try await stream.find(request).answer { try await source.page($0) }
    }
}
