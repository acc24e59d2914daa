import Identifiers

/// How one id may be spelled. GUIDs are case-insensitive (RFC 9562, section 4); rows keep them as they came.
enum Spellings {
    /// The spellings that rows may have: in lower case, in upper case, and as given.
    static func of(_ id: String) -> [String] {
        guard Identifier.isGUID(id) else { return [id] }
        let (lower, upper) = (id.lowercased(), id.uppercased())
        return id == lower || id == upper ? [lower, upper] : [lower, upper, id]
    }

    /// The same text for every spelling of a GUID; any other text as it is.
    static func folded(_ id: String) -> String { Identifier.isGUID(id) ? id.lowercased() : id }
}
