/// The `Cookie` header (RFC 6265, section 4.2), also when a server has joined several with commas, as RFC 9110,
/// section 5.3, allows for other headers. No value contains a comma.
package enum Cookies {
    /// The values of every cookie with this name, in the order sent (the longest path first), at
    /// most `limit` of them. Anything but `name=value` is skipped.
    package static func values(_ name: String, in header: String, limit: Int = 4) -> [String] {
        var values: [String] = []
        for pair in header.utf8.split(whereSeparator: { $0 == UInt8(ascii: ";") || $0 == UInt8(ascii: ",") }) {
            let trimmed = pair.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
            guard let equals = trimmed.firstIndex(of: UInt8(ascii: "=")),
                trimmed[..<equals].elementsEqual(name.utf8)
            else { continue }
            values.append(String(Substring(trimmed[equals...].dropFirst())))
            if values.count == limit { break }
        }
        return values
    }
}
