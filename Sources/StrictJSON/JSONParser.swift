/// The reader: one pass over the bytes, recursive descent, a node on the tape for each value.
struct JSONParser {
    let mode: JSONMode
    let maximumDepth: Int
    var position = 0
    var nodes: [JSONNode] = []
    /// Whether the tolerant mode accepted something in a string that valid JSON does not allow.
    var isRepairable = false

    init(mode: JSONMode, maximumDepth: Int, size: Int) {
        self.mode = mode
        self.maximumDepth = maximumDepth
        // Records average about one value in 16 bytes; one growth too many costs little.
        nodes.reserveCapacity(size / 16 + 8)
    }

    var isStrict: Bool { mode == .strict }

    mutating func parseDocument(_ text: Span<UInt8>) throws(JSONError) {
        skipWhitespace(text)
        try parseValue(text, depth: 0)
        skipWhitespace(text)
        guard position == text.count else { throw JSONError(.trailingBytes, at: position) }
    }

    mutating func parseValue(_ text: Span<UInt8>, depth: Int) throws(JSONError) {
        guard position < text.count else { throw JSONError(.truncated, at: position) }
        switch text[position] {
        case UInt8(ascii: "\""): try parseString(text)
        case UInt8(ascii: "{"): try parseObject(text, depth: depth + 1)
        case UInt8(ascii: "["): try parseArray(text, depth: depth + 1)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try parseNumber(text)
        case UInt8(ascii: "t"): try parseWord(text, "true", .bool)
        case UInt8(ascii: "f"): try parseWord(text, "false", .bool)
        case UInt8(ascii: "n"): try parseWord(text, "null", .null)
        default: throw JSONError(.unexpectedByte, at: position)
        }
    }

    private mutating func parseObject(_ text: Span<UInt8>, depth: Int) throws(JSONError) {
        let node = try openContainer(.object, depth: depth)
        var members = 0
        skipWhitespace(text)
        if try peek(text) == UInt8(ascii: "}") { return closeContainer(node) }
        while true {
            guard try peek(text) == UInt8(ascii: "\"") else {
                throw JSONError(.unexpectedByte, at: position)
            }
            try parseString(text)
            skipWhitespace(text)
            guard try peek(text) == UInt8(ascii: ":") else {
                throw JSONError(.unexpectedByte, at: position)
            }
            position += 1
            skipWhitespace(text)
            try parseValue(text, depth: depth)
            members += 1
            guard try parseSeparator(text, closing: UInt8(ascii: "}")) else { break }
        }
        closeContainer(node)
        if isStrict, members > 1 {
            try DuplicateKeys.refuse(in: nodes, object: node, members: members, text: text)
        }
    }

    private mutating func parseArray(_ text: Span<UInt8>, depth: Int) throws(JSONError) {
        let node = try openContainer(.array, depth: depth)
        skipWhitespace(text)
        if try peek(text) == UInt8(ascii: "]") { return closeContainer(node) }
        while true {
            try parseValue(text, depth: depth)
            guard try parseSeparator(text, closing: UInt8(ascii: "]")) else { break }
        }
        closeContainer(node)
    }

    private mutating func openContainer(_ kind: JSONKind, depth: Int) throws(JSONError) -> Int {
        guard depth <= maximumDepth else { throw JSONError(.tooDeep, at: position) }
        append(kind, start: position, end: position, needsDecoding: false)
        position += 1
        return nodes.count - 1
    }

    /// Steps over the closing bracket and completes the container's node.
    private mutating func closeContainer(_ node: Int) {
        position += 1
        nodes[node].end = UInt32(truncatingIfNeeded: position)
        nodes[node].next = UInt32(truncatingIfNeeded: nodes.count)
    }

    /// After an element: true past a comma, false at (not past) the closing bracket.
    private mutating func parseSeparator(
        _ text: Span<UInt8>, closing: UInt8
    ) throws(JSONError) -> Bool {
        skipWhitespace(text)
        let byte = try peek(text)
        if byte == closing { return false }
        guard byte == UInt8(ascii: ",") else { throw JSONError(.unexpectedByte, at: position) }
        position += 1
        skipWhitespace(text)
        return true
    }

    private mutating func parseWord(
        _ text: Span<UInt8>, _ word: StaticString, _ kind: JSONKind
    ) throws(JSONError) {
        let start = position
        for offset in 0..<word.utf8CodeUnitCount {
            guard start + offset < text.count else { throw JSONError(.truncated, at: text.count) }
            guard unsafe text[start + offset] == word.utf8Start[offset] else {
                throw JSONError(.unexpectedByte, at: start + offset)
            }
        }
        position = start + word.utf8CodeUnitCount
        append(kind, start: start, end: position, needsDecoding: false)
    }

    @inline(__always)
    func peek(_ text: Span<UInt8>) throws(JSONError) -> UInt8 {
        guard position < text.count else { throw JSONError(.truncated, at: position) }
        return text[position]
    }

    @inline(__always)
    private mutating func skipWhitespace(_ text: Span<UInt8>) {
        while position < text.count {
            switch text[position] {
            case 0x20, 0x0A, 0x0D, 0x09: position += 1
            default: return
            }
        }
    }

    @inline(__always)
    mutating func append(_ kind: JSONKind, start: Int, end: Int, needsDecoding: Bool) {
        nodes.append(
            JSONNode(
                start: UInt32(truncatingIfNeeded: start), end: UInt32(truncatingIfNeeded: end),
                next: UInt32(truncatingIfNeeded: nodes.count + 1), kind: kind,
                needsDecoding: needsDecoding))
    }
}
