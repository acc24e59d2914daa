/// Finds a member that an object names twice, however the name is escaped.
enum DuplicateKeys {
    /// Up to this count, all pairs are compared without a hash table; above it, the table is faster.
    private static let smallObject = 32

    static func refuse(
        in nodes: [JSONNode], object: Int, members: Int, text: Span<UInt8>
    ) throws(JSONError) {
        if members <= smallObject {
            try refuseInPairs(nodes, object, text)
        } else {
            try refuseByHash(nodes, object, members, text)
        }
    }

    private static func refuseInPairs(
        _ nodes: [JSONNode], _ object: Int, _ text: Span<UInt8>
    ) throws(JSONError) {
        var marks = InlineArray<32, UInt64>(repeating: 0)
        var keys = InlineArray<32, Int>(repeating: 0)
        var count = 0
        var key = object + 1
        while key < nodes.count {
            let mark = mark(nodes[key], text)
            // Different keys nearly always have different marks.
            for other in 0..<count where marks[other] == mark && isSame(nodes[keys[other]], nodes[key], text) {
                throw JSONError(.duplicateKey, at: Int(nodes[key].start))
            }
            marks[count] = mark
            keys[count] = key
            count += 1
            key = Int(nodes[key + 1].next)
        }
    }

    /// A number that is the same for equal keys: the first four and the last three characters
    /// and the length.
    private static func mark(_ node: JSONNode, _ text: Span<UInt8>) -> UInt64 {
        if node.needsDecoding {
            let contents = contents(node, text)
            return mark(contents.span, 0, contents.count)
        }
        return mark(text, Int(node.start) + 1, Int(node.end) - 1)
    }

    private static func mark(_ text: Span<UInt8>, _ start: Int, _ end: Int) -> UInt64 {
        var mark = UInt64(truncatingIfNeeded: end - start)
        for index in start..<min(start + 4, end) { mark = mark << 8 | UInt64(text[index]) }
        for index in max(start, end - 3)..<end { mark = mark << 8 | UInt64(text[index]) }
        return mark
    }

    private static func refuseByHash(
        _ nodes: [JSONNode], _ object: Int, _ members: Int, _ text: Span<UInt8>
    ) throws(JSONError) {
        // Open addressing over at least twice as many slots as keys; -1 is empty.
        let mask = (members * 2).nextPowerOfTwo - 1
        var table = [Int](repeating: -1, count: mask + 1)
        var key = object + 1
        while key < nodes.count {
            var place = hash(nodes[key], text) & mask
            while table[place] >= 0 {
                guard !isSame(nodes[table[place]], nodes[key], text) else {
                    throw JSONError(.duplicateKey, at: Int(nodes[key].start))
                }
                place = (place + 1) & mask
            }
            table[place] = key
            key = Int(nodes[key + 1].next)
        }
    }

    /// Swift seeds its hashes per process, so an attacker's keys cannot make this slow.
    private static func hash(_ node: JSONNode, _ text: Span<UInt8>) -> Int {
        var hasher = Hasher()
        if node.needsDecoding {
            unsafe contents(node, text).withUnsafeBytes { unsafe hasher.combine(bytes: $0) }
        } else {
            let contents = text.extracting((Int(node.start) + 1)..<(Int(node.end) - 1))
            unsafe contents.withUnsafeBytes { unsafe hasher.combine(bytes: $0) }
        }
        return hasher.finalize()
    }

    private static func isSame(_ one: JSONNode, _ other: JSONNode, _ text: Span<UInt8>) -> Bool {
        if one.needsDecoding || other.needsDecoding {
            return contents(one, text) == contents(other, text)
        }
        let length = one.end - one.start
        guard length == other.end - other.start else { return false }
        for offset in 0..<Int(length)
        where text[Int(one.start) + offset] != text[Int(other.start) + offset] {
            return false
        }
        return true
    }

    private static func contents(_ node: JSONNode, _ text: Span<UInt8>) -> [UInt8] {
        JSONEscapes.decode(text, in: (Int(node.start) + 1)..<(Int(node.end) - 1))
    }
}

extension Int {
    /// The smallest power of two that is not less; for small positive numbers.
    fileprivate var nextPowerOfTwo: Int { 1 << (Int.bitWidth - (self - 1).leadingZeroBitCount) }
}
