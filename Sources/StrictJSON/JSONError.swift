/// Why the bytes are not acceptable JSON, and where.
public struct JSONError: Error, Equatable, Sendable {
    /// What was wrong.
    public enum Code: String, Sendable, CaseIterable {
        /// The text ended inside a value (RFC 8259, section 2).
        case truncated
        /// A byte that the grammar does not allow here.
        case unexpectedByte
        /// Something other than white space after the value.
        case trailingBytes
        /// Arrays and objects nested deeper than the limit.
        case tooDeep
        /// More bytes than an offset can count (4 GiB).
        case tooLarge
        /// An object names a member twice (RFC 8259, section 4: behaviour is unpredictable).
        case duplicateKey
        /// A string is not UTF-8 (RFC 3629), or an escape names half a surrogate pair.
        case invalidUnicode
        /// A string contains an unescaped control character (below U+0020).
        case controlCharacter
        /// A backslash does not start a valid escape.
        case invalidEscape
        /// A number has no finite `Double` value, such as `1e400`.
        case numberOutOfRange
    }

    /// What was wrong.
    public let code: Code
    /// The offset in bytes at which the problem was found.
    public let offset: Int

    /// For JSON readers in other modules: an error at this offset in bytes.
    public init(_ code: Code, at offset: Int) {
        self.code = code
        self.offset = offset
    }
}
