/// The API's own clock, which can be wrong or frozen. In microseconds since 1970.
struct ServerClock: Sendable {
    /// The system's clock.
    private let system: @Sendable () -> Int64
    /// How far this clock is ahead.
    var offset: Int64 = 0
    /// The frozen time, if any.
    var frozen: Int64?
    /// The instant of the latest change.
    private var latest: Int64?

    init(_ system: @escaping @Sendable () -> Int64) {
        self.system = system
    }

    var now: Int64 { frozen ?? system() + offset }

    /// The instants of this many changes now: distinct from one another and from earlier ones, unless equal
    /// ones are requested.
    mutating func instants(_ count: Int, areEqual: Bool = false) -> [Int64] {
        let now = now
        if areEqual {
            latest = latest.map { max($0, now) } ?? now
            return Array(repeating: now, count: count)
        }
        // They end now; after too many earlier ones, they continue after those.
        let first = max(now - Int64(count) + 1, latest.map { $0 + 1 } ?? .min)
        latest = first + Int64(count) - 1
        return (0..<Int64(count)).map { first + $0 }
    }

    /// After the clock was set, earlier instants no longer count.
    mutating func forget() { latest = nil }
}
