import Foundation
import Records

/// One day where somebody is.
struct ServiceDay {
    let zone: TimeZone
    /// Its first moment, and that of the next day.
    let start: Instant
    let end: Instant
    /// `2026-11-30`
    let date: String

    /// The day that contains a moment.
    ///
    /// - Parameters:
    ///   - name: a time zone, such as `America/New_York`, as a record has it
    ///   - standard: the time zone if there is no such one
    init(containing now: Instant, zone name: String?, else standard: String) {
        zone = name.flatMap { TimeZone(identifier: $0) } ?? TimeZone(identifier: standard) ?? .gmt
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = zone
        let first = calendar.startOfDay(for: now.date)
        // Not 24 hours later, because clocks change.
        let next = calendar.date(byAdding: .day, value: 1, to: first) ?? first.addingTimeInterval(86_400)
        start = Instant(first)
        end = Instant(next)
        let parts = calendar.dateComponents([.year, .month, .day], from: first)
        date = [(parts.year ?? 0, 4), (parts.month ?? 0, 2), (parts.day ?? 0, 2)]
            .map { Int64($0).padded($1) }.joined(separator: "-")
    }

    /// The time of day there: `13:30`.
    static func time(of moment: Instant, in zone: TimeZone) -> String {
        let seconds = moment.seconds + Int64(zone.secondsFromGMT(for: moment.date))
        let minutes = seconds.flooredDivision(by: 60).quotient.flooredDivision(by: 1440).remainder
        return "\((minutes / 60).padded(2)):\((minutes % 60).padded(2))"
    }

    /// Whether clocks show another time in the other zone at that moment.
    func differs(from other: TimeZone, at moment: Instant) -> Bool {
        zone.secondsFromGMT(for: moment.date) != other.secondsFromGMT(for: moment.date)
    }
}

extension Instant {
    var date: Date { Date(timeIntervalSince1970: Double(microseconds) / 1_000_000) }

    init(_ date: Date) { self.init(microseconds: Int64((date.timeIntervalSince1970 * 1_000_000).rounded())) }
}
