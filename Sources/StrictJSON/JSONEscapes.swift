/// Decodes the escapes in a string.
enum JSONEscapes {
    /// The four hexadecimal digits at `offset`, or nil. The caller has checked the bounds.
    static func codeUnit(_ text: Span<UInt8>, at offset: Int) -> UInt32? {
        var unit: UInt32 = 0
        for index in offset..<(offset + 4) {
            let digit: UInt8
            switch text[index] {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = text[index] - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = text[index] - UInt8(ascii: "a") + 10
            case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = text[index] - UInt8(ascii: "A") + 10
            default: return nil
            }
            unit = unit << 4 | UInt32(digit)
        }
        return unit
    }

    /// The UTF-8 of a string's contents (without the quotes) that the parser has accepted.
    /// Whatever only the tolerant mode accepts becomes U+FFFD.
    static func decode(_ text: Span<UInt8>, in range: Range<Int>) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(range.count)
        var index = range.lowerBound
        while index < range.upperBound {
            let byte = text[index]
            if byte == UInt8(ascii: "\\") {
                index = appendEscape(text, at: index, end: range.upperBound, to: &result)
            } else if byte < 0x80 {
                result.append(byte)
                index += 1
            } else {
                let length = UTF8Sequence.length(in: text, at: index)
                if length == 0 {
                    append("\u{FFFD}", to: &result)
                } else {
                    for offset in 0..<length { result.append(text[index + offset]) }
                }
                index += max(length, 1)
            }
        }
        return result
    }

    /// Appends the character of the escape at `index`; returns the index after it.
    private static func appendEscape(
        _ text: Span<UInt8>, at index: Int, end: Int, to result: inout [UInt8]
    ) -> Int {
        switch text[index + 1] {
        case UInt8(ascii: "b"): result.append(0x08)
        case UInt8(ascii: "f"): result.append(0x0C)
        case UInt8(ascii: "n"): result.append(0x0A)
        case UInt8(ascii: "r"): result.append(0x0D)
        case UInt8(ascii: "t"): result.append(0x09)
        case UInt8(ascii: "u"):
            let unit = codeUnit(text, at: index + 2) ?? 0xFFFD
            if unit & 0xFC00 == 0xD800, index + 12 <= end, text[index + 6] == UInt8(ascii: "\\"),
                text[index + 7] == UInt8(ascii: "u"), let low = codeUnit(text, at: index + 8),
                low & 0xFC00 == 0xDC00
            {
                append(Unicode.Scalar(0x10000 + (unit & 0x3FF) << 10 + (low & 0x3FF)), to: &result)
                return index + 12
            }
            append(Unicode.Scalar(unit), to: &result)
            return index + 6
        default: result.append(text[index + 1])
        }
        return index + 2
    }

    private static func append(_ scalar: Unicode.Scalar?, to result: inout [UInt8]) {
        result.append(contentsOf: Unicode.UTF8.encode(scalar ?? "\u{FFFD}")!)
    }
}
