/// One value of a ``JSONDocument``. Accessors never throw: they are nil for a value of another kind.
public struct JSONValue: Sendable {
    /// The document that contains it.
    public let document: JSONDocument
    let index: Int

    private var node: JSONNode { document.nodes[index] }
    private var range: Range<Int> { Int(node.start)..<Int(node.end) }

    /// What kind of value it is.
    public var kind: JSONKind { node.kind }

    /// The value's own bytes, exactly as in the text (strings with their quotes).
    public var raw: ArraySlice<UInt8> { document.bytes[range] }

    /// Whether it is `null`. A missing member is nil instead.
    public var isNull: Bool { kind == .null }

    /// The boolean.
    public var bool: Bool? {
        kind == .bool ? document.bytes[range.lowerBound] == UInt8(ascii: "t") : nil
    }

    /// The number, if it is written as an integer (no fraction, no exponent) and fits.
    public var integer: Int64? {
        let text = document.bytes
        return kind == .number ? JSONNumber.integer(text.span, in: range) : nil
    }

    /// The number as the nearest `Double`; infinite only in the tolerant mode.
    public var double: Double? {
        let text = document.bytes
        return kind == .number ? JSONNumber.double(text.span, in: range) : nil
    }

    /// The string's characters.
    public var string: String? {
        guard kind == .string else { return nil }
        let text = document.bytes
        if !node.needsDecoding {
            return String(decoding: text[contents], as: UTF8.self)
        }
        return String(decoding: JSONEscapes.decode(text.span, in: contents), as: UTF8.self)
    }

    /// The string's characters in UTF-8.
    public var utf8: [UInt8]? {
        guard kind == .string else { return nil }
        let text = document.bytes
        return node.needsDecoding ? JSONEscapes.decode(text.span, in: contents) : [UInt8](text[contents])
    }

    /// The string's characters in UTF-8, if the text has them unescaped: a slice, no copy.
    /// Nil when they must be decoded first (``utf8``), and for anything but a string.
    public var verbatim: ArraySlice<UInt8>? {
        kind == .string && !node.needsDecoding ? document.bytes[contents] : nil
    }

    /// Whether this is a string with exactly these characters.
    public func equals(_ text: String) -> Bool {
        guard kind == .string else { return false }
        var text = text
        let bytes = document.bytes
        return text.withUTF8 { unsafe Self.isString(node, bytes.span, $0.span) }
    }

    private var contents: Range<Int> { (range.lowerBound + 1)..<(range.upperBound - 1) }
}

extension JSONValue {
    /// The elements of an array, in order; empty for anything else.
    public var elements: JSONElements {
        JSONElements(document: document, index: index + 1, end: kind == .array ? Int(node.next) : 0)
    }

    /// The members of an object, in order; empty for anything else.
    public var members: JSONMembers {
        JSONMembers(document: document, index: index + 1, end: kind == .object ? Int(node.next) : 0)
    }

    /// Whether this is an empty array or object.
    public var isEmptyContainer: Bool {
        switch kind {
        case .array: elements.first { _ in true } == nil
        case .object: members.first { _ in true } == nil
        default: false
        }
    }

    /// The member of an object with this name; nil when there is none or this is not an object.
    /// If the tolerant mode accepted a duplicate name, the last one.
    public subscript(name: String) -> JSONValue? {
        guard kind == .object else { return nil }
        var name = name
        let found = name.withUTF8 { unsafe find($0.span) }
        return found.map { JSONValue(document: document, index: $0) }
    }

    /// The index on the tape of the last member with this name; creates no values for the others.
    private func find(_ name: Span<UInt8>) -> Int? {
        let (nodes, text) = (document.nodes, document.bytes)
        var found: Int?
        var key = index + 1
        while key < next {
            if Self.isString(nodes[key], text.span, name) { found = key + 1 }
            key = Int(nodes[key + 1].next)
        }
        return found
    }

    private static func isString(_ node: JSONNode, _ text: Span<UInt8>, _ name: Span<UInt8>) -> Bool {
        let (start, end) = (Int(node.start) + 1, Int(node.end) - 1)
        if node.needsDecoding { return isEqual(JSONEscapes.decode(text, in: start..<end).span, name) }
        // Most names already differ in length.
        return end - start == name.count && isEqual(text.extracting(start..<end), name)
    }

    private static func isEqual(_ one: Span<UInt8>, _ other: Span<UInt8>) -> Bool {
        guard one.count == other.count else { return false }
        for index in one.indices where one[index] != other[index] { return false }
        return true
    }

    /// The index on the tape after this value.
    var next: Int { Int(node.next) }
}

/// An array's values.
public struct JSONElements: Sequence, IteratorProtocol, Sendable {
    let document: JSONDocument
    var index: Int
    let end: Int

    /// The next value; nil after the last.
    public mutating func next() -> JSONValue? {
        guard index < end else { return nil }
        let value = JSONValue(document: document, index: index)
        index = value.next
        return value
    }
}

/// An object's names and values. Keys are values too, so that they need not be decoded.
public struct JSONMembers: Sequence, IteratorProtocol, Sendable {
    let document: JSONDocument
    var index: Int
    let end: Int

    /// The next member, in the order of the text; nil after the last.
    public mutating func next() -> (key: JSONValue, value: JSONValue)? {
        guard index < end else { return nil }
        let key = JSONValue(document: document, index: index)
        let value = JSONValue(document: document, index: index + 1)
        index = value.next
        return (key, value)
    }
}
