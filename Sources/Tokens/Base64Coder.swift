/// One of base64's alphabets, in both directions, without padding.
struct Base64Coder: Sendable {
    /// The 64 letters of the alphabet.
    private let letters: [UInt8]
    /// The value of each byte as a letter; 0xFF for bytes outside the alphabet.
    private let values: [UInt8]

    /// - Parameter last: the letters for 62 and 63.
    init(_ last: String) {
        letters = Array(("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789" + last).utf8)
        var values = [UInt8](repeating: 0xFF, count: 256)
        for (value, letter) in letters.enumerated() { values[Int(letter)] = UInt8(value) }
        self.values = values
    }

    func encode(_ bytes: [UInt8]) -> [UInt8] {
        let size = (bytes.count * 4 + 2) / 3
        return unsafe [UInt8](unsafeUninitializedCapacity: size) { text, written in
            unsafe letters.withUnsafeBufferPointer { letters in
                let bytes = bytes.span
                // A six-bit index is within the letters.
                func put(_ group: UInt32, _ count: Int) {
                    for position in 0..<count {
                        unsafe text[written + position] = letters[Int(group >> UInt32(18 - 6 * position) & 63)]
                    }
                    written += count
                }
                var index = 0
                while index + 3 <= bytes.count {
                    put(UInt32(bytes[index]) << 16 | UInt32(bytes[index + 1]) << 8 | UInt32(bytes[index + 2]), 4)
                    index += 3
                }
                // One byte left makes two letters, two bytes make three.
                guard index < bytes.count else { return }
                let second = index + 1 < bytes.count ? UInt32(bytes[index + 1]) : 0
                put(UInt32(bytes[index]) << 16 | second << 8, bytes.count - index + 1)
            }
        }
    }

    func decode(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        let left = text.count % 4
        // A single letter is less than a byte.
        guard left != 1 else { return nil }
        let size = text.count / 4 * 3 + (left == 0 ? 0 : left - 1)
        var isRight = true
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: size) { bytes, written in
            unsafe values.withUnsafeBufferPointer { values in
                let text = text.span
                // An eight-bit index is within the values.
                func value(_ index: Int) -> UInt8 { unsafe values[Int(text[index])] }
                // Values of letters are below 64; any other byte sets the top bit here.
                var seen: UInt8 = 0
                var index = 0
                while index + 4 <= text.count {
                    let (a, b, c, d) = (value(index), value(index + 1), value(index + 2), value(index + 3))
                    seen |= a | b | c | d
                    unsafe bytes[written] = a << 2 | b >> 4
                    unsafe bytes[written + 1] = b << 4 | c >> 2
                    unsafe bytes[written + 2] = c << 6 | d
                    written += 3
                    index += 4
                }
                if left > 0 {
                    let (a, b, c) = (value(index), value(index + 1), left == 3 ? value(index + 2) : 0)
                    seen |= a | b | c
                    // The leftover bits must be zero: RFC 4648, section 3.5.
                    if (left == 3 ? c & 0x03 : b & 0x0F) != 0 { seen |= 0x80 }
                    unsafe bytes[written] = a << 2 | b >> 4
                    if left == 3 { unsafe bytes[written + 1] = b << 4 | c >> 2 }
                    written = size
                }
                isRight = seen < 64
            }
        }
        return isRight ? bytes : nil
    }
}
