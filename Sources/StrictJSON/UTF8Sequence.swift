/// Well-formed UTF-8 (RFC 3629, section 4; Unicode's table 3-7).
enum UTF8Sequence {
    /// The length in bytes (2 to 4) of the well-formed sequence that starts at `offset` with a
    /// byte of 0x80 or above; 0 when there is none.
    static func length(in text: Span<UInt8>, at offset: Int) -> Int {
        let length: Int
        var second: ClosedRange<UInt8> = 0x80...0xBF
        switch text[offset] {
        case 0xC2...0xDF: length = 2
        case 0xE0: (length, second) = (3, 0xA0...0xBF)
        case 0xED: (length, second) = (3, 0x80...0x9F)
        case 0xE1...0xEF: length = 3
        case 0xF0: (length, second) = (4, 0x90...0xBF)
        case 0xF1...0xF3: length = 4
        case 0xF4: (length, second) = (4, 0x80...0x8F)
        default: return 0
        }
        guard offset + length <= text.count, second.contains(text[offset + 1]) else { return 0 }
        for index in 2..<max(length, 2) where text[offset + index] & 0xC0 != 0x80 { return 0 }
        return length
    }
}
