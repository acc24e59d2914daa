/// `Retry-After` (RFC 9110, section 10.2.3): seconds or a date.
package enum RetryAfter {
    /// Longer than anybody waits; keeps the arithmetic within its bounds.
    private static let maximum: Int64 = 7 * 86_400

    /// - Parameter now: the time by the clock that the date goes by: the answer's own `Date`.
    package static func parse(_ value: String, now: Instant) -> Duration? {
        let text = value.drop { $0 == " " }
        if let seconds = Double(text), seconds >= 0 {
            return .milliseconds(Int64(min(seconds, Double(maximum)) * 1000))
        }
        guard let date = HTTPDate.parse(value) else { return nil }
        return min(max(date - now, .zero), .seconds(maximum))
    }
}

/// The three forms of a date in HTTP (RFC 9110, section 5.6.7).
package enum HTTPDate {
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    package static func parse(_ text: String) -> Instant? {
        let parts = text.split { " ,-:".contains($0) }
        guard parts.count >= 7 else { return nil }
        // `Sun, 06 Nov 1994 08:49:37 GMT`, `Sunday, 06-Nov-94 08:49:37 GMT`, `Sun Nov  6 08:49:37 1994`
        let isAsctime = Int64(parts[1]) == nil
        let (day, month, year) = isAsctime ? (parts[2], parts[1], parts[6]) : (parts[1], parts[2], parts[3])
        let time = isAsctime ? parts[3...5] : parts[4...6]
        let clock = time.compactMap { Int64($0) }
        guard let day = Int64(day), let monthIndex = months.firstIndex(of: String(month)), var number = Int64(year),
            clock.count == 3, 0..<24 ~= clock[0], 0..<60 ~= clock[1], 0...60 ~= clock[2]
        else { return nil }
        if year.count == 2 { number += number < 70 ? 2000 : 1900 }
        guard let date = CivilDate(year: number, month: Int64(monthIndex) + 1, day: day) else { return nil }
        let seconds = date.daysSince1970 * 86_400 + clock[0] * 3600 + clock[1] * 60 + clock[2]
        return Instant(microseconds: seconds * 1_000_000)
    }
}
