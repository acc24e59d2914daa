/// One of base64's alphabets, in both directions, without padding.
struct Base64Coder: Sendable {
    // In place, so that an index of six or eight bits needs no check.
    private var letters = InlineArray<64, UInt8>(repeating: 0)
    /// The value of each byte as a letter; 0xFF for those that are none.
    private var values = InlineArray<256, UInt8>(repeating: 0xFF)

    /// - Parameter last: the letters for 62 and 63.
    init(_ last: String) {
        let all = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789" + last
        for (value, letter) in all.utf8.enumerated() {
            letters[value] = letter
            values[Int(letter)] = UInt8(value)
        }
    }

    func encode(_ bytes: [UInt8]) -> [UInt8] {
        let bytes = bytes.span
        let size = (bytes.count * 4 + 2) / 3
        return unsafe [UInt8](unsafeUninitializedCapacity: size) { text, written in
            var index = 0
            while index + 3 <= bytes.count {
                let group = UInt32(bytes[index]) << 16 | UInt32(bytes[index + 1]) << 8 | UInt32(bytes[index + 2])
                unsafe text[written] = letters[Int(group >> 18)]
                unsafe text[written + 1] = letters[Int(group >> 12 & 63)]
                unsafe text[written + 2] = letters[Int(group >> 6 & 63)]
                unsafe text[written + 3] = letters[Int(group & 63)]
                written += 4
                index += 3
            }
            // One byte left makes two letters, two bytes make three.
            guard index < bytes.count else { return }
            let second = index + 1 < bytes.count ? UInt32(bytes[index + 1]) : 0
            let group = UInt32(bytes[index]) << 16 | second << 8
            unsafe text[written] = letters[Int(group >> 18)]
            unsafe text[written + 1] = letters[Int(group >> 12 & 63)]
            if index + 2 == bytes.count { unsafe text[written + 2] = letters[Int(group >> 6 & 63)] }
            written = size
        }
    }

    func decode(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        let text = text.span
        let left = text.count % 4
        // A single letter is less than a byte.
        guard left != 1 else { return nil }
        let size = text.count / 4 * 3 + (left == 0 ? 0 : left - 1)
        var isRight = true
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: size) { bytes, written in
            var index = 0
            // Values of letters are below 64; one that is none sets the top bit here.
            var seen: UInt8 = 0
            while index + 4 <= text.count {
                let (a, b) = (values[Int(text[index])], values[Int(text[index + 1])])
                let (c, d) = (values[Int(text[index + 2])], values[Int(text[index + 3])])
                seen |= a | b | c | d
                unsafe bytes[written] = a << 2 | b >> 4
                unsafe bytes[written + 1] = b << 4 | c >> 2
                unsafe bytes[written + 2] = c << 6 | d
                written += 3
                index += 4
            }
            if left > 0 {
                let (a, b) = (values[Int(text[index])], values[Int(text[index + 1])])
                let c = left == 3 ? values[Int(text[index + 2])] : 0
                seen |= a | b | c
                // What is left over must be zero: RFC 4648, section 3.5.
                let surplus = left == 3 ? c & 0x03 : b & 0x0F
                if surplus != 0 { seen |= 0x80 }
                unsafe bytes[written] = a << 2 | b >> 4
                if left == 3 { unsafe bytes[written + 1] = b << 4 | c >> 2 }
                written = size
            }
            isRight = seen < 64
        }
        return isRight ? bytes : nil
    }
}
