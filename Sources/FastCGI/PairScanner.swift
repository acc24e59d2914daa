/// Walks over FastCGI name-value pairs (FastCGI 1.0, section 3.4) without keeping them: two
/// lengths of one or four bytes, then that many bytes.
struct PairScanner {
    private var lengths = InlineArray<2, Int>(repeating: 0)
    private var lengthIndex = 0
    /// Missing bytes of a four-byte length.
    private var lengthLeft = 0
    private var contentLeft = 0

    /// Whether the last pair is complete, so that the stream may end here.
    var isBetweenPairs: Bool { lengthIndex == 0 && lengthLeft == 0 && contentLeft == 0 }

    /// - Returns: false when a pair is longer than `limit`.
    mutating func scan(_ bytes: Span<UInt8>, _ range: Range<Int>, limit: Int) -> Bool {
        var index = range.lowerBound
        while index < range.upperBound {
            if contentLeft > 0 {
                let count = min(contentLeft, range.upperBound - index)
                contentLeft -= count
                index += count
                continue
            }
            if lengthLeft > 0 {
                lengths[lengthIndex] = lengths[lengthIndex] << 8 | Int(bytes[index])
                lengthLeft -= 1
            } else {
                lengths[lengthIndex] = Int(bytes[index])
                if bytes[index] & 0x80 != 0 {
                    lengths[lengthIndex] &= 0x7F
                    lengthLeft = 3
                }
            }
            index += 1
            guard lengthLeft == 0 else { continue }
            lengthIndex += 1
            guard lengthIndex == 2 else { continue }
            lengthIndex = 0
            contentLeft = lengths[0] + lengths[1]
            guard contentLeft <= limit else { return false }
        }
        return true
    }
}
