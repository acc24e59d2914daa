/// Reads a page whose record is larger than an answer may be, without keeping it: keeps the first
/// record's members, without the longest, and the members beside `data`.
///
/// It tracks brackets and quotes with their depth, so that no text inside a value counts as a key.
package struct OversizedPage: Sendable {
    /// A longer value is not kept.
    private static let longestValue = 4096
    /// The limit for all kept values together.
    private static let longestOutline = 64 << 10
    private static let data = Array("data".utf8)

    private typealias Member = (key: [UInt8], value: [UInt8])

    /// How many bytes were read.
    package private(set) var byteCount = 0
    /// The open brackets.
    private var open: [UInt8] = []
    private var isString = false
    private var isEscaped = false
    /// Whether the next string is a key, and whether the current one is.
    private var isKeyNext = false
    private var isKey = false
    private var key: [UInt8] = []
    /// The key in the outermost object that contains the current position.
    private var rootKey: [UInt8] = []
    /// The content of `data`: the number of commas between records, and whether there is any content.
    private var (separators, hasRecord) = (0, false)
    /// The value being kept: the depth of its object (0 for none), its key and its bytes.
    private var (keptDepth, keptKey, kept): (Int, [UInt8], [UInt8]) = (0, [], [])
    private var outlineBytes = 0
    private var rootMembers: [Member] = []
    private var recordMembers: [Member] = []

    package init() {}

    /// Reads the next bytes of the answer.
    package mutating func read(_ bytes: some Sequence<UInt8>) {
        for byte in bytes {
            byteCount += 1
            if isString { readInString(byte) } else { read(byte) }
        }
    }

    private mutating func readInString(_ byte: UInt8) {
        keep(byte)
        if isEscaped {
            isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
            isEscaped = true
        } else if byte == UInt8(ascii: "\"") {
            isString = false
            return
        }
        if isKey, key.count <= Self.longestValue { key.append(byte) }
    }

    private mutating func read(_ byte: UInt8) {
        if isData, byte != UInt8(ascii: "]"), !Self.isSpace(byte) { hasRecord = true }
        switch byte {
        case UInt8(ascii: "\""):
            (isString, isKey) = (true, isKeyNext)
            if isKey { key = [] }
            keep(byte)
        case UInt8(ascii: ":"):
            guard isKeyNext else { break }
            isKeyNext = false
            if open.count == 1 { rootKey = key }
            if keptDepth == 0, isOutlined { (keptDepth, keptKey, kept) = (open.count, key, []) } else { keep(byte) }
        case UInt8(ascii: ","):
            if keptDepth == open.count { endMember() } else { keep(byte) }
            if isData { separators += 1 }
            isKeyNext = open.last == UInt8(ascii: "{")
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            keep(byte)
            open.append(byte)
            isKeyNext = byte == UInt8(ascii: "{")
        case UInt8(ascii: "}"), UInt8(ascii: "]"):
            if keptDepth == open.count { endMember() }
            _ = open.popLast()
            keep(byte)
            isKeyNext = false
        default: if !Self.isSpace(byte) { keep(byte) }
        }
    }

    /// Whether the position is between the records.
    private var isData: Bool { open.count == 2 && open[1] == UInt8(ascii: "[") && rootKey == Self.data }

    /// Whether to keep the member that begins: one beside `data`, or one of the first record.
    private var isOutlined: Bool {
        switch open.count {
        case 1: rootKey != Self.data
        case 3: rootKey == Self.data && open[1] == UInt8(ascii: "[") && separators == 0
        default: false
        }
    }

    private mutating func keep(_ byte: UInt8) {
        if keptDepth > 0, kept.count <= Self.longestValue { kept.append(byte) }
    }

    private mutating func endMember() {
        defer { keptDepth = 0 }
        guard keptDepth > 0, kept.count <= Self.longestValue, outlineBytes + kept.count <= Self.longestOutline else {
            return
        }
        outlineBytes += kept.count
        if keptDepth == 1 { rootMembers.append((keptKey, kept)) } else { recordMembers.append((keptKey, kept)) }
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
    }
}

extension OversizedPage {
    /// Whether it cannot be one oversized record any more, so that the rest is useless.
    package var isHopeless: Bool { separators > 0 || !hasRecord && byteCount > Self.longestOutline * 16 }

    /// Whether the answer was read completely and `data` has exactly one record, an object.
    package var isOneRecord: Bool {
        open.isEmpty && !isString && hasRecord && separators == 0 && !recordMembers.isEmpty
    }

    /// The record, as an object of the kept members.
    package var outline: [UInt8] {
        let members = recordMembers.map { [UInt8(ascii: "\"")] + $0.key + Array("\":".utf8) + $0.value }
        return [UInt8(ascii: "{")] + members.joined(separator: [UInt8(ascii: ",")]) + [UInt8(ascii: "}")]
    }

    /// The value of `links`; nil if there is none.
    package var links: [UInt8]? { rootMembers.last { $0.key == Array("links".utf8) }?.value }
}
