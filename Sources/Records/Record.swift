public import StrictJSON

/// One record, byte for byte as received, with its fields at hand. Reading a field makes no copy
/// of the record: all records of a page lie in the page's one buffer.
public struct Record: Sendable {
    /// Far more than records have; a limit, so that no answer can exhaust the stack.
    package static let maximumDepth = 200

    /// The record's object.
    public let json: JSONValue

    /// Nil for anything but an object.
    public init?(_ json: JSONValue) {
        guard json.kind == .object else { return nil }
        self.json = json
    }

    /// Reads one record on its own, such as one that was stored. Nil for anything but an object.
    public init?(parsing bytes: [UInt8]) {
        guard let document = try? JSONDocument(parsing: bytes, mode: .tolerant, maximumDepth: Self.maximumDepth) else {
            return nil
        }
        self.init(document.root)
    }

    /// The bytes as received, from brace to brace.
    public var bytes: ArraySlice<UInt8> { json.raw }

    /// A field's value; nil when the record has no such field. Of a doubled field, the last.
    public subscript(field: String) -> FieldValue? { json[field].map { FieldValue($0) } }

    /// The record's `id`; nil when it has none that is a text or a number.
    public var id: String? {
        guard let text = self["id"]?.text, !text.isEmpty else { return nil }
        return text
    }

    /// The moment by which the record's versions are ordered; nil when the resource has none, or
    /// the record none that can be read.
    public func cursor(of resource: Resource) -> Instant? {
        resource.cursorField.flatMap { self[$0]?.instant }
    }
}
