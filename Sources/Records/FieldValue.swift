public import StrictJSON

/// The value of one field, read tolerantly: Welkin writes booleans and numbers as such and as
/// strings. A property is nil if the value cannot be read that way.
public struct FieldValue: Sendable {
    /// The value as the record has it.
    public let json: JSONValue

    /// Reads nothing yet.
    public init(_ json: JSONValue) { self.json = json }

    /// Whether the field is there with the value `null`. (A field that is not there has no
    /// ``FieldValue``.)
    public var isNull: Bool { json.isNull }

    /// The bytes as received.
    public var raw: ArraySlice<UInt8> { json.raw }

    /// A string's characters; a number or boolean as it is written. Nil for null, objects, lists.
    public var text: String? {
        switch json.kind {
        case .string: json.string
        case .number, .bool: String(decoding: json.raw, as: UTF8.self)
        case .null, .object, .array: nil
        }
    }

    /// `true`, `"true"`, `"True"`, `1`, `"1"`, and their opposites.
    public var boolean: Bool? {
        if let bool = json.bool { return bool }
        switch text?.lowercased() {
        case "true", "1": return true
        case "false", "0": return false
        default: return nil
        }
    }

    /// `72`, `"72"` and `72.0`: an integer that is written as a number or as a string.
    public var integer: Int64? {
        if let integer = json.integer { return integer }
        guard json.kind == .number || json.kind == .string, let text else { return nil }
        return Int64(text) ?? Double(text).flatMap(Int64.init(exactly:))
    }

    /// `1.5` and `"1.5"`; finite.
    public var number: Double? {
        guard json.kind == .number || json.kind == .string, let text, let number = Double(text), number.isFinite else {
            return nil
        }
        return number
    }

    /// A date-time in any of the shapes that ``Instant`` reads.
    public var instant: Instant? {
        guard json.kind == .string else { return nil }
        let contents = json.raw.dropFirst().dropLast()
        // No shape of a date-time needs an escape, but a writer may still use one.
        guard contents.contains(UInt8(ascii: "\\")) else { return Instant(parsing: contents) }
        return json.utf8.flatMap { Instant(parsing: $0[...]) }
    }
}
