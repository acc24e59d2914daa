import Gateway

/// Cookies and media types, in any text that a gateway can hand over.
enum HeadersTarget {
    static func run(_ bytes: [UInt8]) {
        let header = String(decoding: bytes, as: UTF8.self)
        for name in ["__Secure-welkin", "s", ""] { checkCookies(name, header) }
        checkMediaType("application/json", header)
        checkMediaType("application/x-www-form-urlencoded", header)
        if MediaType.prefersJSON(accept: header) {
            require(lowercased(header).contains("application/json"), "JSON is for those who name it")
        }
    }

    private static func checkCookies(_ name: String, _ header: String) {
        let ends = bytes(";,")
        var expected: [String] = []
        for part in bytes(header).split(omittingEmptySubsequences: false, whereSeparator: ends.contains) {
            var part = part
            while part.first == 0x20 || part.first == 0x09 { part.removeFirst() }
            let start = Array(name.utf8) + [UInt8(ascii: "=")]
            if part.starts(with: start) {
                expected.append(String(decoding: part.dropFirst(start.count), as: UTF8.self))
            }
        }
        let values = Cookies.values(name, in: header)
        require(values.map(bytes) == expected.prefix(4).map(bytes), "cookies are found by the rules")
        for value in values {
            require(!value.utf8.contains(where: ends.contains), "a value ends with its cookie")
            require(contains(bytes(header), bytes("\(name)=\(value)")), "a value stands in the header")
        }
    }

    private static func checkMediaType(_ type: String, _ header: String) {
        let essence = bytes(lowercased(header)).prefix { $0 != UInt8(ascii: ";") }
        let trimmed = String(decoding: essence, as: UTF8.self).split(whereSeparator: { $0 == " " || $0 == "\t" })
        let isRight = trimmed.count == 1 && bytes(String(trimmed[0])) == bytes(type)
        require(MediaType.is(type, header) == isRight, "a media type is recognised by its ASCII letters")
    }

    private static func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

    /// ASCII letters only, unlike Swift's own, which knows all scripts.
    private static func lowercased(_ text: String) -> String {
        String(decoding: text.utf8.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
    }
}
