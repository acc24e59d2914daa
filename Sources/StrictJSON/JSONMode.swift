/// How forgiving the reader is. In both modes the grammar of RFC 8259 itself is kept.
public enum JSONMode: Sendable {
    /// For what decides about somebody's rights: refuses everything that two readers could take
    /// in two ways.
    case strict
    /// For records that are kept rather than judged: a doubled key (the last one wins), a lone
    /// surrogate or bytes that are not UTF-8 (read as U+FFFD), a raw control character in a
    /// string and a number beyond `Double` do not stop the reading. Raw slices stay untouched.
    case tolerant
}
