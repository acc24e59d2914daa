import Platform

/// `application/x-www-form-urlencoded` (WHATWG URL, section 5.1), read strictly: a `%` without
/// two hexadecimal digits is refused rather than passed on.
package struct Form: Sendable, Equatable {
    /// One `name=value`, decoded. Bytes, because they need not be text.
    package struct Field: Sendable, Equatable {
        /// The part before the first `=`.
        package let name: [UInt8]
        /// The part after it; empty without `=`.
        package let value: [UInt8]
    }

    /// All fields in the order sent; a name may appear twice.
    package let fields: [Field]

    /// More fields than Welkin would ever send; each costs memory.
    static let maximumFields = 64

    /// Nil when an escape is invalid or there are more than 64 fields.
    package init?(parsing bytes: [UInt8]) {
        var fields: [Field] = []
        var start = 0
        while start < bytes.count {
            let end = bytes[start...].firstPosition(of: UInt8(ascii: "&")) ?? bytes.count
            let pair = bytes[start..<end]
            start = end + 1
            guard !pair.isEmpty else { continue }
            guard fields.count < Self.maximumFields else { return nil }
            let equals = pair.firstPosition(of: UInt8(ascii: "=")) ?? pair.endIndex
            guard let name = Self.decode(pair[..<equals]),
                let value = Self.decode(pair[equals...].dropFirst())
            else { return nil }
            fields.append(Field(name: name, value: value))
        }
        self.fields = fields
    }

    /// The values of every field with this name, in order.
    package func values(_ name: String) -> [[UInt8]] {
        fields.filter { $0.name.elementsEqual(name.utf8) }.map(\.value)
    }

    /// The names of all fields, even in text that is not a valid form: names that cannot be decoded stay as they are.
    package static func names(in text: String) -> [String] {
        text.utf8.split(separator: UInt8(ascii: "&")).map { pair in
            let name = ArraySlice(pair.prefix { $0 != UInt8(ascii: "=") })
            return String(decoding: decode(name) ?? Array(name), as: UTF8.self)
        }
    }

    private static func decode(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        if text.firstPosition(of: UInt8(ascii: "%")) == nil, text.firstPosition(of: UInt8(ascii: "+")) == nil {
            return Array(text)
        }
        var result: [UInt8] = []
        result.reserveCapacity(text.count)
        var index = text.startIndex
        while index < text.endIndex {
            switch text[index] {
            case UInt8(ascii: "+"): result.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                guard index + 2 < text.endIndex, let high = Hexadecimal.value(text[index + 1]),
                    let low = Hexadecimal.value(text[index + 2])
                else { return nil }
                result.append(high << 4 | low)
                index += 2
            default: result.append(text[index])
            }
            index += 1
        }
        return result
    }
}
