/// Which columns a bar's line has, and how wide they are. On a narrower terminal, the time left goes first, because
/// the line below the bars also shows it; then the name shrinks; then the rate goes, then the records; last, the bar
/// shrinks. The percentage stays.
struct BarLayout: Hashable {
    /// Of the name's column.
    private(set) var name: Int
    /// Of the bar, without the percentage.
    private(set) var bar = 16
    private(set) var hasRecords = true
    private(set) var hasRate = true
    private(set) var hasTimeLeft = true

    /// `  45%`
    static let percentage = 5
    /// ` 1,234,567 records`
    static let records = 18
    /// ` 123,456/s`
    static let rate = 10
    /// `  1:02:03 left`
    static let timeLeft = 14

    /// The longest stream name of the catalogue is about that long.
    private static let (longestName, plainName, shortestName) = (31, 24, 12)

    /// - Parameter width: of the terminal. The line is at most one shorter, so that it never wraps.
    init(width: Int) {
        name = Self.longestName
        let room = max(1, width - 1)
        func rest() -> Int {
            room - 1 - bar - Self.percentage - (hasRecords ? Self.records : 0) - (hasRate ? Self.rate : 0)
                - (hasTimeLeft ? Self.timeLeft : 0)
        }
        if rest() < Self.plainName { hasTimeLeft = false }
        if rest() < Self.shortestName { hasRate = false }
        if rest() < Self.shortestName { hasRecords = false }
        if rest() < Self.shortestName { bar = max(4, bar + rest() - Self.shortestName) }
        name = max(0, min(Self.longestName, rest()))
    }
}
