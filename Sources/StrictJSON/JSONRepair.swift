/// Turns text that only the tolerant mode accepts into valid JSON.
public enum JSONRepair {
    /// The text with raw control characters in its strings as escapes, which does not change its meaning,
    /// and each byte that is not UTF-8 as U+FFFD.
    ///
    /// - Parameter text: accepted by the tolerant mode.
    /// - Returns: nil when nothing needs repair.
    public static func repaired(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        var result: [UInt8] = []
        result.reserveCapacity(text.count + 16)
        var (isString, isEscaped, isRepaired) = (false, false, false)
        let bytes = Array(text)
        let span = bytes.span
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            if byte >= 0x80 {
                let length = UTF8Sequence.length(in: span, at: index)
                if length == 0 {
                    result += Array("\u{FFFD}".utf8)
                    isRepaired = true
                } else {
                    result += bytes[index..<(index + length)]
                }
                index += max(length, 1)
                isEscaped = false
                continue
            }
            if isString, byte < 0x20 {
                result += escape(UInt16(byte))
                isRepaired = true
            } else {
                result.append(byte)
            }
            if isEscaped {
                isEscaped = false
            } else if byte == UInt8(ascii: "\\") {
                isEscaped = isString
            } else if byte == UInt8(ascii: "\"") {
                isString.toggle()
            }
            index += 1
        }
        return isRepaired ? result : nil
    }

    /// The text with each escape of half a surrogate pair (RFC 8259, section 8.2) replaced by that of U+FFFD,
    /// for readers that reject it.
    ///
    /// - Returns: nil when there is none.
    public static func withoutLoneSurrogates(_ text: [UInt8]) -> [UInt8]? {
        let span = text.span
        func unit(_ index: Int) -> UInt32? {
            guard index + 6 <= text.count, text[index] == UInt8(ascii: "\\"), text[index + 1] == UInt8(ascii: "u")
            else { return nil }
            return JSONEscapes.codeUnit(span, at: index + 2)
        }
        var result = text
        var (index, isRepaired) = (0, false)
        while let backslash = text[index...].firstIndex(of: UInt8(ascii: "\\")) {
            index = backslash
            guard let first = unit(index) else {
                index = min(index + 2, text.count)
                continue
            }
            if first & 0xFC00 == 0xD800, let second = unit(index + 6), second & 0xFC00 == 0xDC00 {
                index += 12
                continue
            }
            if first & 0xF800 == 0xD800 {
                result.replaceSubrange(index..<(index + 6), with: escape(0xFFFD))
                isRepaired = true
            }
            index += 6
        }
        return isRepaired ? result : nil
    }

    private static func escape(_ unit: UInt16) -> [UInt8] {
        let digits = Array("0123456789abcdef".utf8)
        return Array("\\u".utf8) + [12, 8, 4, 0].map { digits[Int(unit >> $0) & 15] }
    }
}
