/// A date in HTTP (RFC 9110, section 5.6.7): three forms are read, one is written.
package enum HTTPDate {
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    private static let weekdays = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]

    /// The preferred form, `Sun, 06 Nov 1994 08:49:37 GMT`, cut to the second.
    package static func text(_ instant: Instant) -> String {
        let text = instant.description
        let (day, _) = instant.microseconds.flooredDivision(by: 86_400 * 1_000_000)
        let date = text.prefix(10).split(separator: "-")
        return
            "\(weekdays[Int(day.flooredDivision(by: 7).remainder)]), \(date[2]) \(months[(Int(date[1]) ?? 1) - 1]) \(date[0]) \(text.dropFirst(11).prefix(8)) GMT"
    }

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
