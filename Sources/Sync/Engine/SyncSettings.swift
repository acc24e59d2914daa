/// How pulling goes about it.
package struct SyncSettings: Hashable, Sendable {
    /// How far before the cursor each window begins: for records that arrive with a time that has
    /// passed already.
    package var overlap: Duration
    /// How far before now each window ends: what is younger may not be complete yet.
    package var settle: Duration
    /// The records that a page is asked to hold. At least 1.
    package var pageSize: Int
    /// How large a page may become where more records carry one instant than a page holds.
    package var maximumPageSize: Int
    /// How many bytes of answers each stream may have received and not yet taken in; twice as many are
    /// in memory, with what is being written. Pages that wait are committed together.
    package var readAhead: Int
    /// How many requests a run spends at most on instants that more records carry than a page holds.
    package var instantRequests: Int
    /// How many second looks of a verification are under way at once. At least 1.
    package var secondLooks: Int

    /// Everything has a default.
    package init(
        overlap: Duration = .seconds(300), settle: Duration = .seconds(10), pageSize: Int = 100,
        maximumPageSize: Int = 6400, readAhead: Int = 1 << 20, instantRequests: Int = 500,
        secondLooks: Int = 4
    ) {
        self.overlap = overlap
        self.settle = settle
        self.pageSize = pageSize
        self.maximumPageSize = maximumPageSize
        self.readAhead = readAhead
        self.instantRequests = instantRequests
        self.secondLooks = secondLooks
    }
}
