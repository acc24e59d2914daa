extension Instant {
    /// Reads a date-time in any shape that Welkin is known to write: `T` or a space in the middle,
    /// a fraction of any length or none, seconds or none, an offset (`Z`, `+00:00`, `+0000`, `+00`)
    /// or none, which means UTC. A date alone is its midnight, UTC.
    ///
    /// Nil if it has none of these shapes, or no such day exists. Digits beyond microseconds are cut off.
    public init?(_ text: some StringProtocol) {
        self.init(parsing: Array(text.utf8)[...])
    }

    /// The same from bytes, without a string.
    public init?(parsing text: ArraySlice<UInt8>) {
        var scanner = DateTimeScanner(text: text)
        guard let microseconds = scanner.scan() else { return nil }
        self.init(microseconds: microseconds)
    }
}

/// Reads from left to right; nil as soon as something does not fit.
private struct DateTimeScanner {
    let text: ArraySlice<UInt8>
    var position: Int

    init(text: ArraySlice<UInt8>) {
        self.text = text
        position = text.startIndex
    }

    mutating func scan() -> Int64? {
        guard let year = digits(4), skip("-"), let month = digits(2), skip("-"), let day = digits(2),
            let date = CivilDate(year: year, month: month, day: day)
        else { return nil }
        let midnight = date.daysSince1970 * 86_400_000_000
        if isAtEnd { return midnight }
        guard skip("T") || skip("t") || skip(" "), let time = timeOfDay(), let offset = offset(), isAtEnd else {
            return nil
        }
        return midnight + time - offset
    }

    private mutating func timeOfDay() -> Int64? {
        guard let hour = digits(2), hour < 24, skip(":"), let minute = digits(2), minute < 60 else { return nil }
        var microseconds = (hour * 60 + minute) * 60_000_000
        if skip(":") {
            // 60 is a leap second, which coincides with the first second of the next minute.
            guard let second = digits(2), second <= 60 else { return nil }
            microseconds += second * 1_000_000
            if skip(".") || skip(",") {
                guard let fraction = fraction() else { return nil }
                microseconds += fraction
            }
        }
        return microseconds
    }

    private mutating func fraction() -> Int64? {
        var (value, scale): (Int64, Int64) = (0, 100_000)
        let start = position
        while let digit = digit() {
            value += digit * scale
            scale /= 10
        }
        return position > start ? value : nil
    }

    private mutating func offset() -> Int64? {
        if isAtEnd || skip("Z") || skip("z") { return 0 }
        // A form decoder turns an unescaped plus sign into a space.
        let isPositive = skip("+") || skip(" ")
        guard isPositive || skip("-"), let hour = digits(2), hour < 24 else { return nil }
        var minutes = hour * 60
        if skip(":") || !isAtEnd {
            guard let minute = digits(2), minute < 60 else { return nil }
            minutes += minute
        }
        return (isPositive ? minutes : -minutes) * 60_000_000
    }

    private var isAtEnd: Bool { position == text.endIndex }

    private mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard position < text.endIndex, text[position] == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    private mutating func digits(_ count: Int) -> Int64? {
        var value: Int64 = 0
        for _ in 0..<count {
            guard let digit = digit() else { return nil }
            value = value * 10 + digit
        }
        return value
    }

    private mutating func digit() -> Int64? {
        guard position < text.endIndex, text[position] &- UInt8(ascii: "0") < 10 else { return nil }
        position += 1
        return Int64(text[position - 1] - UInt8(ascii: "0"))
    }
}
