import DataAPI

/// A page that was received.
struct WalkedPage: Sendable {
    let page: Page
    /// What was asked for.
    let request: PageRequest
    /// What follows.
    let step: PageWalk.Step
}

/// The pages of one walk that were received and not yet taken in, in order. One task puts them in,
/// another one takes all that are there at once: while a page is written the next ones arrive, and
/// the slower of the two never waits for anything but the other.
actor PageBuffer {
    private let limit: Int
    private var pages: [WalkedPage] = []
    private var bytes = 0
    private var isClosed = false
    private var failure: (any Error)?
    /// Whichever side waits: never both, since one waits for room and the other for a page.
    private var waiting: CheckedContinuation<Void, Never>?

    /// - Parameter limit: bytes of answers. A page that is larger has room when it is alone.
    init(limit: Int) { self.limit = limit }

    /// Waits until there is room for another page, or nobody wants one.
    func waitForRoom() async {
        while bytes >= limit, !isClosed { await wait() }
    }

    func put(_ page: WalkedPage) {
        pages.append(page)
        bytes += page.page.byteCount
        wake()
    }

    /// No page comes any more, or none is wanted.
    func close(_ failure: (any Error)? = nil) {
        isClosed = true
        self.failure = failure
        wake()
    }

    /// Everything that is here, as soon as there is something; nil at the end.
    ///
    /// - Throws: what the walk ended with, behind its last page.
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
