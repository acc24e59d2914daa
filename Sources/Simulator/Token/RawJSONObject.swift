/// A JSON object whose members keep their order and whose values are text that nobody looks at.
///
/// A JSON encoder could write neither a repeated member nor a value that is not JSON, and the tests
/// of a token reader need both.
package struct RawJSONObject: Sendable, Equatable {
    /// One member: its name, and its value as JSON text.
    package struct Member: Sendable, Equatable {
        package var name: String
        package var value: String

        package init(name: String, value: String) {
            self.name = name
            self.value = value
        }

        /// From `NAME=JSON`; nil when there is no name before an equals sign.
        package init?(text: String) {
            guard let equals = text.firstIndex(of: "="), equals != text.startIndex else { return nil }
            self.init(name: String(text[..<equals]), value: String(text[text.index(after: equals)...]))
        }
    }

    /// In the order in which they are written.
    package private(set) var members: [Member] = []

    package init() {}

    /// Adds a member at the end, even where there is one of that name.
    package mutating func append(_ name: String, _ value: String) {
        members.append(Member(name: name, value: value))
    }

    /// Gives the member of that name another value in its place, or adds it at the end.
    package mutating func set(_ name: String, _ value: String) {
        if let index = members.firstIndex(where: { $0.name == name }) {
            members[index].value = value
        } else {
            append(name, value)
        }
    }

    /// Takes out every member of that name. This can't fail: a name that is not there is gone already.
    package mutating func remove(_ name: String) {
        members.removeAll { $0.name == name }
    }

    /// The object as JSON text, without white space.
    package var text: String {
        let list = members.map { "\(Self.string($0.name)):\($0.value)" }
        return "{" + list.joined(separator: ",") + "}"
    }

    /// A JSON string (RFC 8259, section 7) with only the escapes that it must have.
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
