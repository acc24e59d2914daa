import Platform

/// How one id may be spelled. GUIDs are case-insensitive (RFC 9562, section 4); rows keep them as they came.
enum Spellings {
    /// The spellings that rows may have: in lower case, in upper case, and as given.
    static func of(_ id: String) -> [String] {
        guard isGUID(id) else { return [id] }
        let (lower, upper) = (id.lowercased(), id.uppercased())
        return id == lower || id == upper ? [lower, upper] : [lower, upper, id]
    }

    /// The same text for every spelling of a GUID; any other text as it is.
    static func folded(_ id: String) -> String { isGUID(id) ? id.lowercased() : id }

    /// Like `Identifier.isGUID`, in one pass, because every read asks.
    private static func isGUID(_ id: String) -> Bool {
        guard id.utf8.count == 36 else { return false }
        var position = 0
        for byte in id.utf8 {
            let isDash = position == 8 || position == 13 || position == 18 || position == 23
            guard isDash ? byte == UInt8(ascii: "-") : byte.isHexadecimalDigit else { return false }
            position += 1
        }
        return true
    }
}
