import Platform

/// The media type of a header, without its parameters (RFC 9110, section 8.3.1).
package enum MediaType {
    /// Whether `header` names `type` (lower case), with any parameters: `charset=utf-8` has no
    /// effect on ASCII.
    package static func `is`(_ type: String, _ header: String) -> Bool {
        let essence = header.utf8.prefix { $0 != UInt8(ascii: ";") }
        return Substring(essence).trimmed.lowercased() == type
    }

    /// Whether an `Accept` header asks for JSON rather than a page: it names
    /// `application/json` and not `text/html`.
    package static func prefersJSON(accept: String?) -> Bool {
        guard let accept else { return false }
        var types: [String] = []
        for item in accept.utf8.split(separator: UInt8(ascii: ",")) {
            types.append(Substring(item.prefix { $0 != UInt8(ascii: ";") }).trimmed.lowercased())
        }
        return types.contains("application/json") && !types.contains("text/html")
    }
}
