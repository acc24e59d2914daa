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
