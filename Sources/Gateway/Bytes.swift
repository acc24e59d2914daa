extension [UInt8] {
    /// Appends the text's UTF-8 in one piece.
    @inlinable
    package mutating func append(_ text: String) {
        var text = text
        text.withUTF8 { unsafe append(contentsOf: $0) }
    }
}
