import Records
import StrictJSON

/// A JSON value in the form that a column stores.
enum ColumnContent {
    case null
    case integer(Int64)
    /// UTF-8 that is a part of the record's own bytes.
    case slice(ArraySlice<UInt8>)
    /// UTF-8 that had to be built.
    case made([UInt8])

    /// A value that fits the column's kind is converted; any other stays text. Never fails.
    init(_ value: JSONValue, for kind: ColumnKind) {
        if value.isNull {
            self = .null
            return
        }
        let field = FieldValue(value)
        switch kind {
        case .boolean: self = field.boolean.map { .integer($0 ? 1 : 0) } ?? Self.text(value)
        case .integer: self = field.integer.map { .integer($0) } ?? Self.text(value)
        case .instant: self = field.instant.map { Self.instant($0, value) } ?? Self.text(value)
        case .text, .json, .microseconds: self = Self.text(value)
        }
    }

    /// The characters of a text; nil for anything else.
    var text: ArraySlice<UInt8>? {
        switch self {
        case .slice(let text): text
        case .made(let text): text[...]
        case .null, .integer: nil
        }
    }

    /// A string's characters, or the JSON text of any other value.
    private static func text(_ value: JSONValue) -> ColumnContent {
        guard value.kind == .string else { return .slice(value.raw) }
        if let text = value.verbatim, !text.contains(0) { return .slice(text) }
        return .made(replacingNulls(value.utf8 ?? []))
    }

    private static func instant(_ instant: Instant, _ value: JSONValue) -> ColumnContent {
        if let text = value.verbatim, isCanonical(text) { return .slice(text) }
        return .made(Array(instant.description.utf8))
    }

    /// Whether a parsed date-time is written like ``Instant/description``, which is the usual case
    /// and saves formatting it again.
    private static func isCanonical(_ text: ArraySlice<UInt8>) -> Bool {
        let start = text.startIndex
        return text.count == 32 && text[start + 10] == UInt8(ascii: "T") && text[start + 19] == UInt8(ascii: ".")
            && text[start + 17] != UInt8(ascii: "6") && text.suffix(6).elementsEqual("+00:00".utf8)
    }

    private static func replacingNulls(_ text: [UInt8]) -> [UInt8] {
        text.contains(0) ? text.flatMap { $0 == 0 ? Array("\u{FFFD}".utf8) : [$0] } : text
    }
}
