/// A complete and valid JSON text (RFC 8259), with the position of every value.
///
/// Parsing creates no strings and no dictionaries: it checks the text once and records where each
/// value begins and ends. Values are decoded on request, and their original bytes remain
/// available (``JSONValue/raw``).
///
/// A class, so that the values, which all refer to it, are cheap to create and to pass on.
public final class JSONDocument: Sendable {
    /// The text as given.
    public let bytes: [UInt8]
    let nodes: [JSONNode]
    /// Whether every parser accepts the text: no raw control character in a string, and UTF-8
    /// throughout. Only the tolerant mode accepts other documents; ``JSONRepair`` repairs them.
    public let isWellFormed: Bool

    /// Reads a JSON text.
    ///
    /// - Parameters:
    ///   - bytes: the whole text, in UTF-8, without a byte order mark.
    ///   - mode: how to treat ambiguities that the grammar allows.
    ///   - maximumDepth: how deep arrays and objects may nest; a scalar has depth 0.
    /// - Throws: ``JSONError`` with the first problem.
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

/// How tolerant the reader is. Both modes enforce the grammar of RFC 8259.
public enum JSONMode: Sendable {
    /// For anything that decides about access: refuses everything that two readers could
    /// interpret differently.
    case strict
    /// For records that are stored rather than judged: a duplicate key (the last one wins), a lone
    /// surrogate or bytes that are not UTF-8 (read as U+FFFD), a raw control character in a
    /// string and a number beyond `Double` are accepted. Raw slices stay untouched.
    case tolerant
}
