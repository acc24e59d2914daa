/// A JSON object whose members keep their order and whose values are unchecked text.
///
/// A JSON encoder can write neither a repeated member nor an invalid value, and tests of a token reader
/// need both.
package struct RawJSONObject: Sendable, Equatable {
    /// One member: its name, and its value as JSON text.
    package struct Member: Sendable, Equatable {
        package var name: String
        package var value: String

        package init(name: String, value: String) {
            self.name = name
            self.value = value
        }

        /// From `NAME=JSON`; nil without a name before an equals sign.
        package init?(text: String) {
            guard let equals = text.firstIndex(of: "="), equals != text.startIndex else { return nil }
            self.init(name: String(text[..<equals]), value: String(text[text.index(after: equals)...]))
        }
    }

    /// In output order.
    package private(set) var members: [Member] = []

    package init() {}

    /// Adds a member at the end, even if one of that name exists.
    package mutating func append(_ name: String, _ value: String) {
        members.append(Member(name: name, value: value))
    }

    /// Replaces the value of the member of that name, or adds it at the end.
    package mutating func set(_ name: String, _ value: String) {
        if let index = members.firstIndex(where: { $0.name == name }) {
            members[index].value = value
        } else {
            append(name, value)
        }
    }

    /// Removes every member of that name, if any.
    package mutating func remove(_ name: String) {
        members.removeAll { $0.name == name }
    }

    /// The object as JSON text, without whitespace.
    package var text: String {
        let list = members.map { "\(Self.string($0.name)):\($0.value)" }
        return "{" + list.joined(separator: ",") + "}"
    }

    /// A JSON string (RFC 8259, section 7) with only the required escapes.
    package static func string(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case "\0"..<" ":
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
