import DataAPI

/// A page that was received.
struct WalkedPage: Sendable {
    let page: Page
    /// When its step of the walk began, by our clock.
    let askedAt: Instant
    /// The request that brought it.
    let request: PageRequest
    /// The next step of the walk.
    let step: PageWalk.Step
}

/// The pages of one walk that were received but not yet committed, in order. One task adds pages;
/// another takes all of them at once. The next pages arrive while one is written, and the slower
/// task never waits for anything but the other.
actor PageBuffer {
    private let limit: Int
    private var pages: [WalkedPage] = []
    private var bytes = 0
    private var isClosed = false
    private var failure: (any Error)?
    /// The side that waits: never both, because one waits for room and the other for a page.
    private var waiting: CheckedContinuation<Void, Never>?

    /// - Parameter limit: bytes of answers. A larger page fits when it is alone.
    init(limit: Int) { self.limit = limit }

    /// Waits until there is room for another page, or none is wanted any more.
    func waitForRoom() async {
        while bytes >= limit, !isClosed { await wait() }
    }

    func put(_ page: WalkedPage) {
        pages.append(page)
        bytes += page.page.byteCount
        wake()
    }

    /// Declares that no further page comes, or that none is wanted.
    func close(_ failure: (any Error)? = nil) {
        isClosed = true
        self.failure = failure
        wake()
    }

    /// All buffered pages, as soon as there is at least one; nil at the end.
    ///
    /// - Throws: the walk's failure, after its last page.
    func next() async throws -> [WalkedPage]? {
        while pages.isEmpty, !isClosed { await wait() }
        guard !pages.isEmpty else {
            if let failure { throw failure }
            return nil
        }
        defer {
            pages = []
            bytes = 0
            wake()
        }
        return pages
    }

    private func wait() async {
        await withCheckedContinuation { waiting = $0 }
    }

    private func wake() {
        waiting?.resume()
        waiting = nil
    }
}
