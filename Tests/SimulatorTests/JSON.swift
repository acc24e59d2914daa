import Foundation

/// A JSON value that tests can write down and compare.
enum JSON: Sendable, Hashable, Codable {
    case null
    case bool(Bool)
    case int(Int)
    case string(String)
    case array([JSON])
    case object([String: JSON])

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(Int.self) {
            self = .int(value)
        } else if let value = try? container.decode(String.self) {
            self = .string(value)
        } else if let value = try? container.decode([JSON].self) {
            self = .array(value)
        } else {
            self = .object(try container.decode([String: JSON].self))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .bool(let value): try container.encode(value)
        case .int(let value): try container.encode(value)
        case .string(let value): try container.encode(value)
        case .array(let value): try container.encode(value)
        case .object(let value): try container.encode(value)
        }
    }

    /// Nil for what is no object, or has no such member.
    subscript(name: String) -> JSON? {
        get {
            guard case .object(let members) = self else { return nil }
            return members[name]
        }
        set {
            guard case .object(var members) = self else { return }
            members[name] = newValue
            self = .object(members)
        }
    }

    /// Nil for what is no number.
    var int: Int? {
        guard case .int(let value) = self else { return nil }
        return value
    }

    /// Empty for what is no string.
    var text: String {
        guard case .string(let value) = self else { return "" }
        return value
    }

    /// The objects of an array; empty for anything else.
    var objects: [[String: JSON]] {
        guard case .array(let elements) = self else { return [] }
        return elements.compactMap { element in
            guard case .object(let members) = element else { return nil }
            return members
        }
    }

    /// The members of a JSON object.
    static func object(_ data: Data) throws -> [String: JSON] {
        try JSONDecoder().decode([String: JSON].self, from: data)
    }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByArrayLiteral,
    ExpressibleByDictionaryLiteral
{
    init(dictionaryLiteral members: (String, JSON)...) {
        self = .object(Dictionary(uniqueKeysWithValues: members))
    }

    init(stringLiteral value: String) {
        self = .string(value)
    }

    init(integerLiteral value: Int) {
        self = .int(value)
    }

    init(arrayLiteral elements: JSON...) {
        self = .array(elements)
    }
}
