import NIOCore
import StrictJSON

/// Records that readers stumble over.
enum OddRecord: String, Sendable, Codable, CaseIterable {
    /// Half of a surrogate pair, escaped, in a text.
    case loneSurrogate = "lone_surrogate"
    /// `\u0000` in a text.
    case nul
    /// A member that comes twice, with another value.
    case doubledKey = "doubled_key"
    /// A byte that is not UTF-8 in a text.
    case badUTF8 = "bad_utf8"
    /// Not JSON by its grammar, although brackets and quotes match.
    case unparsable
    /// A text in place of a record.
    case notObject = "not_object"
    /// Without id.
    case noID = "no_id"
    /// An `updated_at` that is no date-time.
    case badInstant = "bad_instant"
    /// A raw tab and a raw line end in a text.
    case controlCharacter = "control_character"
    /// A text of 17 MiB: more than readers take.
    case oversized
    /// Not JSON, and other bytes in each answer.
    case restless
    /// null in the members by which Find requires a filter; it is found all the same.
    case noFilter = "no_filter"
    /// An object as its id.
    case objectID = "object_id"
    /// An id that is no segment of a path.
    case slashID = "slash_id"

    /// The record made odd; nil when it cannot be read.
    ///
    /// - Parameters:
    ///   - name: a member that holds text
    ///   - id: the record's
    ///   - filters: by which Find requires one
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

    /// What stands in a restless record where each answer has a number.
    static let restlessMark = "@@"

    /// A restless record as one answer has it.
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
