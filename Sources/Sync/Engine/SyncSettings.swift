/// The settings of a pull.
package struct SyncSettings: Hashable, Sendable {
    /// How far before the cursor each window begins, for records that arrive with a time in the
    /// past.
    package var overlap: Duration
    /// How far before now each window ends, because newer records may not be complete yet.
    package var settle: Duration
    /// The number of records to request per page. At least 1.
    package var pageSize: Int
    /// How large a page may become if more records share one instant than a page holds.
    package var maximumPageSize: Int
    /// How many bytes of answers each stream may have received but not yet committed; with those being
    /// written, twice as many are in memory. Waiting pages are committed together.
    package var readAhead: Int
    /// The most requests per run for instants that more records share than a page holds.
    package var instantRequests: Int
    /// How many second looks of a verification run at once. At least 1.
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
