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

    /// The record made odd; nil when it cannot be read.
    ///
    /// - Parameter name: a member that holds text
    func apply(to record: ByteBuffer, text name: String) -> ByteBuffer? {
        switch self {
        case .loneSurrogate: RecordPatch.apply([name: Array(#""caf\ud83d""#.utf8)], to: record)
        case .nul: RecordPatch.apply([name: Array(#""a\u0000b""#.utf8)], to: record)
        case .badUTF8: RecordPatch.apply([name: Array("\"a".utf8) + [0xFF] + Array("b\"".utf8)], to: record)
        case .badInstant: RecordPatch.apply(["updated_at": Array(#""yesterday""#.utf8)], to: record)
        case .doubledKey: Self.extended(record, by: ",\"\(name)\":\"once more\"}")
        case .unparsable: Self.extended(record, by: #","broken":tru}"#)
        case .notObject: ByteBuffer(string: "\"not a record\"")
        case .noID: RecordPatch.apply(["id": Array("null".utf8)], to: record)
        }
    }

    private static func extended(_ record: ByteBuffer, by text: String) -> ByteBuffer {
        var result = ByteBuffer(bytes: record.readableBytesView.dropLast())
        result.writeString(text)
        return result
    }
}
