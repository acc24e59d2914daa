import StrictJSON

/// One of the errors in an answer. It prints only its code, and only if the reference has it,
/// because the rest can name a patient.
public struct APIError: Sendable, Hashable {
    /// The status that it names; nil if it names none.
    public let status: Int?
    /// Such as `uniqueness_exception`; empty if it names none.
    public let code: String
    /// A line for people; may identify somebody.
    public let title: String?
    /// More for people; may identify somebody.
    public let detail: String?
    /// Further data as JSON text; may identify somebody.
    public let extra: String?

    init(_ json: JSONValue) {
        func text(_ name: String) -> String? { json[name].flatMap { FieldValue($0).text } }
        status = json["status"].flatMap { FieldValue($0).integer }.flatMap { Int(exactly: $0) }
        code = text("code") ?? ""
        title = text("title")
        detail = text("detail")
        extra = json["extra"].flatMap { $0.isNull ? nil : String(decoding: $0.raw, as: UTF8.self) }
    }

    /// All of an answer's errors, in order; empty for a body that has none.
    static func all(in body: [UInt8]) -> [APIError] {
        guard let document = try? JSONDocument(parsing: body, mode: .tolerant) else { return [] }
        return document.root["errors"]?.elements.map { APIError($0) } ?? []
    }
}

extension APIError: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The code, if it is one of the reference's.
    public var description: String {
        Catalogue.errorCodes.contains { $0.code == code } ? code : "another code"
    }

    /// As ``description``: debuggers and logs must not get more.
    public var debugDescription: String { description }

    /// Nothing.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
