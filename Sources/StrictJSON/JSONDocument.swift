/// A JSON text that was read whole and found right (RFC 8259), with every value's place in it.
///
/// Reading makes no strings and no dictionaries: it checks the text once and writes down where
/// each value begins and ends. Values are decoded when they are asked for, and their original
/// bytes stay at hand (``JSONValue/raw``).
///
/// A class, so that the values, which all refer to it, are cheap to make and to hand on.
public final class JSONDocument: Sendable {
    /// The text as it was given.
    public let bytes: [UInt8]
    let nodes: [JSONNode]
    /// Whether the text is JSON as others read it: no raw control character in a string, and UTF-8
    /// throughout. Only the tolerant mode gives documents that are not; ``JSONRepair`` repairs them.
    public let isWellFormed: Bool

    /// Reads a JSON text.
    ///
    /// - Parameters:
    ///   - bytes: the whole text, in UTF-8, without a byte order mark.
    ///   - mode: what to do about things that the grammar allows but that are ambiguous.
    ///   - maximumDepth: how deep arrays and objects may nest; a scalar has depth 0.
    /// - Throws: ``JSONError`` with the first thing that was wrong.
    public init(
        parsing bytes: [UInt8], mode: JSONMode = .strict, maximumDepth: Int = 64
    ) throws(JSONError) {
        guard bytes.count < Int(UInt32.max) else { throw JSONError(.tooLarge, at: 0) }
        var parser = JSONParser(mode: mode, maximumDepth: maximumDepth, size: bytes.count)
        try parser.parseDocument(bytes.span)
        self.bytes = bytes
        self.nodes = parser.nodes
        self.isWellFormed = !parser.isRepairable
    }

    /// The outermost value.
    public var root: JSONValue { JSONValue(document: self, index: 0) }
}
