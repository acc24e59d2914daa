import Platform

/// A duration as an operator writes it: `90s`, `15m`, `2h`, `1d`.
package struct TimeSpan: Hashable, Sendable {
    /// At least 1.
    package let seconds: Int

    /// Three missed runs of a cron line that runs every five minutes.
    package static let fifteenMinutes = TimeSpan(seconds: 900)

    private init(seconds: Int) { self.seconds = seconds }

    /// Nil unless it is a whole number of at least 1 with a unit, and at most ten years.
    package init?(_ text: String) {
        let units: [Character: Int] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
        guard let unit = text.last.flatMap({ units[$0] }), text.dropLast().utf8.allSatisfy(\.isDigit),
            let number = Int(text.dropLast()), (1...(3650 * 86_400 / unit)).contains(number)
        else { return nil }
        seconds = number * unit
    }
}
