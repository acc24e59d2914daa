/// A moment in microseconds since 1970, the precision of Welkin's date-times.
public struct Instant: Sendable, Hashable, Comparable {
    /// Since 1970-01-01T00:00:00Z; negative before.
    public let microseconds: Int64

    /// The instant this many microseconds after 1970-01-01T00:00:00Z.
    public init(microseconds: Int64) { self.microseconds = microseconds }

    /// Whether `one` is the earlier.
    public static func < (one: Instant, other: Instant) -> Bool { one.microseconds < other.microseconds }

    /// The moment `duration` later.
    public static func + (instant: Instant, duration: Duration) -> Instant {
        Instant(microseconds: instant.microseconds + duration.microseconds)
    }

    /// The moment `duration` earlier.
    public static func - (instant: Instant, duration: Duration) -> Instant {
        Instant(microseconds: instant.microseconds - duration.microseconds)
    }

    /// The time from `other` to `instant`; negative when `other` is later.
    public static func - (instant: Instant, other: Instant) -> Duration {
        .microseconds(instant.microseconds - other.microseconds)
    }
}

extension Instant: CustomStringConvertible {
    /// Canonical: `2026-01-02T03:04:05.678901+00:00`.
    public var description: String {
        let (seconds, fraction) = microseconds.flooredDivision(by: 1_000_000)
        let (days, time) = seconds.flooredDivision(by: 86_400)
        let date = CivilDate(daysSince1970: days)
        let (minutes, second) = time.flooredDivision(by: 60)
        var text = "\(date)T"
        text += "\((minutes / 60).padded(2)):\((minutes % 60).padded(2)):\(second.padded(2))"
        text += ".\(fraction.padded(6))+00:00"
        return text
    }

    /// For people, cut to the second: `2026-01-02T03:04:05Z`.
    package var toTheSecond: String { description.prefix(19) + "Z" }
}

extension Duration {
    /// Whole microseconds; the rest is cut off.
    package var microseconds: Int64 {
        components.seconds * 1_000_000 + components.attoseconds / 1_000_000_000_000
    }
}

extension Int64 {
    /// The quotient towards minus infinity, and a remainder that is never negative.
    package func flooredDivision(by divisor: Int64) -> (quotient: Int64, remainder: Int64) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }

    /// In decimal, padded with leading zeros to this many digits.
    package func padded(_ width: Int) -> String {
        let digits = String(self)
        return String(repeating: "0", count: Swift.max(0, width - digits.utf8.count)) + digits
    }
}
