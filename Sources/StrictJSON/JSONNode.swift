/// One value of the document on its tape, in document order. A container is followed by its
/// contents (an object's as key, value, key, value …); `next` jumps over them.
struct JSONNode {
    /// The value's first byte in the text. Strings include their quotes.
    var start: UInt32
    /// One past the value's last byte.
    var end: UInt32
    /// The index on the tape after this value and everything in it.
    var next: UInt32
    var kind: JSONKind
    /// A string whose bytes differ from its characters, because it has escapes or needs repair.
    var needsDecoding: Bool
}

/// The six kinds of JSON value.
public enum JSONKind: UInt8, Sendable {
    case object, array, string, number, bool, null
}
