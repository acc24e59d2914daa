/// `Retry-After` (RFC 9110, section 10.2.3): seconds or a date.
package enum RetryAfter {
    /// Longer than anybody waits; prevents arithmetic overflow.
    private static let maximum: Int64 = 7 * 86_400

    /// - Parameter now: the time by the clock of the date: the answer's own `Date`.
    package static func parse(_ value: String, now: Instant) -> Duration? {
        let text = value.drop { $0 == " " }
        if let seconds = Double(text), seconds >= 0 {
            return .milliseconds(Int64(min(seconds, Double(maximum)) * 1000))
        }
        guard let date = HTTPDate.parse(value) else { return nil }
        return min(max(date - now, .zero), .seconds(maximum))
    }
}
