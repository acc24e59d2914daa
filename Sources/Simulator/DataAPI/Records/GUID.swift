import Platform

/// A record's id: 128 bits, written as Welkin writes them, in lower case with dashes.
struct GUID: Hashable, Sendable {
    let high: UInt64
    let low: UInt64

    init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// The next random GUID of `draw`, with version 4 and variant 1 of RFC 9562.
    init(_ draw: inout Draw) {
        high = draw.next() & ~0xF000 | 0x4000
        low = draw.next() & ~(0b11 << 62) | (0b10 << 62)
    }

    /// Nil unless the text is 32 hexadecimal digits in groups of 8, 4, 4, 4 and 12.
    init?(_ text: some StringProtocol) {
        var words: (UInt64, UInt64) = (0, 0)
        var digits = 0
        var length = 0
        for byte in text.utf8 {
            defer { length += 1 }
            if Self.dashes.contains(length) {
                guard byte == UInt8(ascii: "-") else { return nil }
                continue
            }
            guard let digit = Self.value(byte) else { return nil }
            if digits < 16 { words.0 = words.0 << 4 | digit } else { words.1 = words.1 << 4 | digit }
            digits += 1
        }
        guard length == 36 else { return nil }
        self.init(high: words.0, low: words.1)
    }

    var text: String {
        unsafe String(unsafeUninitializedCapacity: 36) { buffer in
            var digits = 0
            for index in 0..<36 {
                if Self.dashes.contains(index) {
                    unsafe buffer[index] = UInt8(ascii: "-")
                    continue
                }
                let word = digits < 16 ? high : low
                let digit = UInt8(truncatingIfNeeded: word >> UInt64(60 - 4 * (digits & 15))) & 15
                unsafe buffer[index] = digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10
                digits += 1
            }
            return 36
        }
    }

    private static let dashes: [Int] = [8, 13, 18, 23]

    private static func value(_ byte: UInt8) -> UInt64? { Hexadecimal.value(byte).map(UInt64.init) }
}
