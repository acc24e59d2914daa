extension JSONParser {
    /// Reads a number (RFC 8259, section 6).
    mutating func parseNumber(_ text: Span<UInt8>) throws(JSONError) {
        let start = position
        if text[position] == UInt8(ascii: "-") { position += 1 }
        if try peek(text) == UInt8(ascii: "0") {
            position += 1
        } else {
            try parseDigits(text)
        }
        let integerEnd = position
        if position < text.count, text[position] == UInt8(ascii: ".") {
            position += 1
            try parseDigits(text)
        }
        var hasExponent = false
        if position < text.count, text[position] | 0x20 == UInt8(ascii: "e") {
            hasExponent = true
            position += 1
            let sign = try peek(text)
            if sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") { position += 1 }
            try parseDigits(text)
        }
        // Without an exponent, at least 309 digits are needed to exceed the range of Double.
        if isStrict, hasExponent || integerEnd - start > 308 {
            guard JSONNumber.double(text, in: start..<position)?.isFinite == true else {
                throw JSONError(.numberOutOfRange, at: start)
            }
        }
        append(.number, start: start, end: position, needsDecoding: false)
    }

    /// Reads one or more digits.
    private mutating func parseDigits(_ text: Span<UInt8>) throws(JSONError) {
        let start = position
        while position < text.count, text[position] &- UInt8(ascii: "0") < 10 { position += 1 }
        guard position > start else {
            throw JSONError(position < text.count ? .unexpectedByte : .truncated, at: position)
        }
    }
}

/// Decodes the value of a number.
enum JSONNumber {
    static func double(_ text: Span<UInt8>, in range: Range<Int>) -> Double? {
        Double(String(decoding: range.map { text[$0] }, as: UTF8.self))
    }

    /// The number as an integer, if it is written as one and fits.
    static func integer(_ text: Span<UInt8>, in range: Range<Int>) -> Int64? {
        var index = range.lowerBound
        let isNegative = text[index] == UInt8(ascii: "-")
        if isNegative { index += 1 }
        var value: Int64 = 0
        while index < range.upperBound {
            let digit = text[index] &- UInt8(ascii: "0")
            guard digit < 10 else { return nil }
            let (product, overflow) = value.multipliedReportingOverflow(by: 10)
            // Counting down makes Int64.min reachable.
            let (sum, carry) = product.subtractingReportingOverflow(Int64(digit))
            guard !overflow, !carry else { return nil }
            value = sum
            index += 1
        }
        if isNegative { return value }
        return value == .min ? nil : -value
    }
}
