public import StrictJSON

/// One record, byte for byte as received, with access to its fields. Reading a field does not copy
/// the record: all records of a page share the page's buffer.
public struct Record: Sendable {
    /// Far deeper than records are; the limit keeps an answer from exhausting the stack.
    package static let maximumDepth = 200

    /// The record's object.
    public let json: JSONValue

    /// A record of an object; nil for any other value.
    public init?(_ json: JSONValue) {
        guard json.kind == .object else { return nil }
        self.json = json
    }

    /// Reads one record on its own, such as a stored one. Nil for anything but an object.
    public init?(parsing bytes: [UInt8]) {
        guard let document = try? JSONDocument(parsing: bytes, mode: .tolerant, maximumDepth: Self.maximumDepth) else {
            return nil
        }
        self.init(document.root)
    }

    /// The bytes as received, from brace to brace.
    public var bytes: ArraySlice<UInt8> { json.raw }

    /// A field's value; nil if the record has no such field. Of a repeated field, the last.
    public subscript(field: String) -> FieldValue? { json[field].map { FieldValue($0) } }

    /// The record's `id`; nil if it has none that is a text or a number.
    public var id: String? {
        guard let text = self["id"]?.text, !text.isEmpty else { return nil }
        return text
    }

    /// The moment by which the record's versions are ordered; nil if the resource has none, or the
    /// record has no readable one.
    public func cursor(of resource: Resource) -> Instant? {
        resource.cursorField.flatMap { self[$0]?.instant }
    }
}
