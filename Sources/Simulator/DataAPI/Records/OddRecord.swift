import NIOCore
import StrictJSON

/// Records that are hard to read.
enum OddRecord: String, Sendable, Codable, CaseIterable {
    /// Half of a surrogate pair, escaped, in a text.
    case loneSurrogate = "lone_surrogate"
    /// `\u0000` in a text.
    case nul
    /// A repeated member with a different value.
    case doubledKey = "doubled_key"
    /// A byte that is not UTF-8 in a text.
    case badUTF8 = "bad_utf8"
    /// Invalid JSON, although brackets and quotes match.
    case unparsable
    /// A string in place of a record.
    case notObject = "not_object"
    /// No id.
    case noID = "no_id"
    /// An `updated_at` that is not a date-time.
    case badInstant = "bad_instant"
    /// A raw tab and a raw newline in a text.
    case controlCharacter = "control_character"
    /// A text of 17 MiB: more than readers accept.
    case oversized
    /// Invalid JSON, with different bytes in each answer.
    case restless
    /// null in the members that Find must filter by; it is found nevertheless.
    case noFilter = "no_filter"
    /// An object as its id.
    case objectID = "object_id"
    /// An id that is not a path segment.
    case slashID = "slash_id"

    /// The record made odd; nil if it cannot be read.
    ///
    /// - Parameters:
    ///   - name: a text member
    ///   - id: the record's
    ///   - filters: the members that Find must filter by
    func apply(to record: ByteBuffer, text name: String, id: GUID, filters: [String]) -> ByteBuffer? {
        switch self {
        case .loneSurrogate: RecordPatch.apply([name: Array(#""caf\ud83d""#.utf8)], to: record)
        case .nul: RecordPatch.apply([name: Array(#""a\u0000b""#.utf8)], to: record)
        case .badUTF8: RecordPatch.apply([name: Array("\"a".utf8) + [0xFF] + Array("b\"".utf8)], to: record)
        case .badInstant: RecordPatch.apply(["updated_at": Array(#""yesterday""#.utf8)], to: record)
        case .doubledKey: Self.extended(record, by: ",\"\(name)\":\"once more\"}")
        case .unparsable: Self.extended(record, by: #","broken":tru}"#)
        case .notObject: ByteBuffer(string: "\"not a record\"")
        case .noID: RecordPatch.apply(["id": Array("null".utf8)], to: record)
        case .controlCharacter: RecordPatch.apply([name: Array("\"a\tb\r\"".utf8)], to: record)
        case .oversized:
            RecordPatch.apply([name: RecordPatch.quoted(String(repeating: "x", count: 17 << 20))], to: record)
        case .restless: Self.extended(record, by: #","served":\#(Self.restlessMark),oops}"#)
        case .noFilter:
            RecordPatch.apply(Dictionary(uniqueKeysWithValues: filters.map { ($0, Array("null".utf8)) }), to: record)
        case .objectID: RecordPatch.apply(["id": Array(#"{"oid":"\#(id.text)"}"#.utf8)], to: record)
        case .slashID: RecordPatch.apply(["id": RecordPatch.quoted("\(id.text)/1")], to: record)
        }
    }

    /// The placeholder in a restless record for a number that differs in each answer.
    static let restlessMark = "@@"

    /// A restless record as in one answer.
    static func served(_ record: ByteBuffer, number: Int) -> ByteBuffer {
        let text = String(decoding: record.readableBytesView, as: UTF8.self)
        guard let mark = text.firstRange(of: restlessMark) else { return record }
        return ByteBuffer(string: "\(text[..<mark.lowerBound])\(number)\(text[mark.upperBound...])")
    }

    private static func extended(_ record: ByteBuffer, by text: String) -> ByteBuffer {
        var result = ByteBuffer(bytes: record.readableBytesView.dropLast())
        result.writeString(text)
        return result
    }
}
