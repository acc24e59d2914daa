import DataAPI

/// Walks the pages of a Find in order, and requests the next ones while the last are being committed.
struct PageWalker: Sendable {
    let source: any PageSource
    let stream: SyncStream
    let walk: PageWalk
    let stop: StopFlag
    let now: @Sendable () -> Instant
    /// How many bytes of answers may wait to be committed.
    let readAhead: Int

    /// Returns after the last page.
    ///
    /// - Parameter take: commits pages: all that arrived while the previous ones were committed, at least
    ///   one. It is called for every received page, even for one that no valid page follows, and for
    ///   the last one when the run must stop. A cancelled task finishes the pages that have arrived,
    ///   and requests no further one.
    /// - Throws: `CancellationError` when it was stopped.
    func run(from first: PageRequest, _ take: ([WalkedPage]) async throws -> Void) async throws {
        let buffer = PageBuffer(limit: readAhead)
        try await withThrowingTaskGroup { group in
            group.addTask {
                do {
                    try await fetch(from: first, into: buffer)
                    await buffer.close()
                } catch {
                    await buffer.close(error)
                }
            }
            do {
                while let pages = try await buffer.next() { try await take(pages) }
            } catch {
                group.cancelAll()
                await buffer.close()
                throw error
            }
        }
    }

    private func fetch(from first: PageRequest, into buffer: PageBuffer) async throws {
        var steps = PageSteps(walk, from: first)
        while !steps.isDone {
            try stop.check()
            let askedAt = now()
            guard let (page, request, step) = try await steps.next(ask) else { return }
            await buffer.put(WalkedPage(page: page, askedAt: askedAt, request: request, step: step))
            if case .failed(let failure) = step { throw failure }
            if !steps.isDone { await buffer.waitForRoom() }
        }
    }

    private func ask(_ request: PageRequest) async throws -> Page {
        try await stream.find(request).answer { try await source.page($0) }
    }
}
