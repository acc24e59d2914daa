/// The API's own clock, which can be wrong or stand still. In microseconds since 1970.
struct ServerClock: Sendable {
    /// What the system's clock says.
    private let system: @Sendable () -> Int64
    /// How much this one is ahead.
    var offset: Int64 = 0
    /// Where it stands, if it does.
    var frozen: Int64?
    /// The instant of the latest change.
    private var latest: Int64?

    init(_ system: @escaping @Sendable () -> Int64) {
        self.system = system
    }

    var now: Int64 { frozen ?? system() + offset }

    /// The instants of so many changes that happen now: apart from one another and from those before,
    /// unless they shall be the same.
    mutating func instants(_ count: Int, areEqual: Bool = false) -> [Int64] {
        let now = now
        if areEqual {
            latest = latest.map { max($0, now) } ?? now
            return Array(repeating: now, count: count)
        }
        // They end now; should there have been too many before, they go on behind those.
        let first = max(now - Int64(count) + 1, latest.map { $0 + 1 } ?? .min)
        latest = first + Int64(count) - 1
        return (0..<Int64(count)).map { first + $0 }
    }

    /// After the clock was set, the past is no floor any more.
    mutating func forget() { latest = nil }
}
