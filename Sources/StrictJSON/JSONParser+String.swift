extension JSONParser {
    /// Reads a string (RFC 8259, section 7) whose opening quote is at `position`.
    mutating func parseString(_ text: Span<UInt8>) throws(JSONError) {
        let start = position
        var needsDecoding = false
        position += 1
        while true {
            skipPlainCharacters(text)
            guard position < text.count else { throw JSONError(.truncated, at: position) }
            switch text[position] {
            case UInt8(ascii: "\""):
                position += 1
                append(.string, start: start, end: position, needsDecoding: needsDecoding)
                return
            case UInt8(ascii: "\\"):
                needsDecoding = true
                try parseEscape(text)
            case 0..<0x20:
                if isStrict { throw JSONError(.controlCharacter, at: position) }
                isRepairable = true
                position += 1
            case 0x80...:
                let length = UTF8Sequence.length(in: text, at: position)
                if length == 0 {
                    if isStrict { throw JSONError(.invalidUnicode, at: position) }
                    needsDecoding = true
                    isRepairable = true
                }
                position += max(length, 1)
            default:
                position += 1
            }
        }
    }

    /// Skips plain ASCII (no quote, backslash or control character) eight bytes at a time.
    ///
    /// The bit tricks are exact for the lowest marked byte, the only one that counts: a borrow can
    /// only mark bytes above a correctly marked byte.
    @inline(__always)
    private mutating func skipPlainCharacters(_ text: Span<UInt8>) {
        let ones: UInt64 = 0x0101_0101_0101_0101
        let raw = unsafe text.bytes
        while position &+ 8 <= text.count {
            let word = unsafe UInt64(littleEndian: raw.unsafeLoadUnaligned(fromByteOffset: position, as: UInt64.self))
            let control = word &- ones &* 0x20
            let quote = (word ^ (ones &* 0x22)) &- ones
            let backslash = (word ^ (ones &* 0x5C)) &- ones
            let marked = (control | quote | backslash | word) & (ones &* 0x80)
            if marked != 0 {
                position &+= marked.trailingZeroBitCount >> 3
                return
            }
            position &+= 8
        }
    }

    private mutating func parseEscape(_ text: Span<UInt8>) throws(JSONError) {
        let start = position
        guard start + 1 < text.count else { throw JSONError(.truncated, at: text.count) }
        switch text[start + 1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
            UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
            position = start + 2
        case UInt8(ascii: "u"):
            position = start + 6
            let unit = try hexadecimal(text, at: start + 2)
            guard (0xD800...0xDFFF).contains(unit), isStrict else { return }
            guard unit < 0xDC00, start + 7 < text.count, text[start + 6] == UInt8(ascii: "\\"),
                text[start + 7] == UInt8(ascii: "u"),
                (0xDC00...0xDFFF).contains(try hexadecimal(text, at: start + 8))
            else { throw JSONError(.invalidUnicode, at: start) }
            position = start + 12
        default:
            throw JSONError(.invalidEscape, at: start)
        }
    }

    private func hexadecimal(_ text: Span<UInt8>, at offset: Int) throws(JSONError) -> UInt32 {
        guard offset + 4 <= text.count else { throw JSONError(.truncated, at: text.count) }
        guard let unit = JSONEscapes.codeUnit(text, at: offset) else {
            throw JSONError(.invalidEscape, at: offset)
        }
        return unit
    }
}
