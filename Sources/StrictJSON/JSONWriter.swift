/// Writes compact JSON text, with members in the order given.
///
/// The caller is responsible for the nesting; the writer adds commas, quotes and escapes. Output is valid
/// UTF-8 and safe inside an HTML `<script>` too (`<` is escaped).
public struct JSONWriter: Sendable {
    /// The output so far, in UTF-8.
    public private(set) var bytes: [UInt8] = []
    private var needsComma = false

    /// - Parameter capacity: the likely number of bytes; more are allowed.
    public init(capacity: Int = 256) { bytes.reserveCapacity(capacity) }

    /// An object whose members `body` writes.
    public mutating func object(_ body: (inout JSONWriter) -> Void) {
        container("{", "}", body)
    }

    /// An array whose elements `body` writes.
    public mutating func array(_ body: (inout JSONWriter) -> Void) {
        container("[", "]", body)
    }

    /// An object member, whose own members `body` writes.
    public mutating func member(_ name: String, object body: (inout JSONWriter) -> Void) {
        key(name)
        object(body)
    }

    /// An array member, whose elements `body` writes.
    public mutating func member(_ name: String, array body: (inout JSONWriter) -> Void) {
        key(name)
        array(body)
    }

    /// A string member; null when there is none.
    public mutating func member(_ name: String, _ value: String?) {
        key(name)
        string(value)
    }

    /// A number member.
    public mutating func member(_ name: String, _ value: Int64) {
        key(name)
        integer(value)
    }

    /// A boolean member.
    public mutating func member(_ name: String, _ value: Bool) {
        key(name)
        word(value ? "true" : "false")
    }

    /// A member whose value is JSON text already, such as a ``JSONValue/raw`` slice.
    public mutating func member(_ name: String, raw: some Collection<UInt8>) {
        key(name)
        bytes.append(contentsOf: raw)
        needsComma = true
    }

    /// A string as an element or alone; null when there is none.
    public mutating func string(_ value: String?) {
        guard let value else { return word("null") }
        comma()
        quote(value)
        needsComma = true
    }

    /// JSON text as an element or alone.
    public mutating func raw(_ text: some Collection<UInt8>) {
        comma()
        bytes.append(contentsOf: text)
        needsComma = true
    }

    /// A number as an element or alone.
    public mutating func integer(_ value: Int64) { word(String(value)) }

    private mutating func key(_ name: String) {
        comma()
        quote(name)
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    private mutating func word(_ text: String) {
        comma()
        bytes.append(contentsOf: text.utf8)
        needsComma = true
    }

    private mutating func container(
        _ open: Unicode.Scalar, _ close: Unicode.Scalar, _ body: (inout JSONWriter) -> Void
    ) {
        comma()
        bytes.append(UInt8(ascii: open))
        needsComma = false
        body(&self)
        bytes.append(UInt8(ascii: close))
        needsComma = true
    }

    private mutating func comma() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
    }

    private mutating func quote(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        defer { bytes.append(UInt8(ascii: "\"")) }
        let start = bytes.count
        var plain = text
        plain.withUTF8 { unsafe bytes.append(contentsOf: $0) }
        var found = false
        for index in start..<bytes.count where Self.needsEscape(bytes[index]) { found = true }
        guard found else { return }
        bytes.removeLast(bytes.count - start)
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                bytes.append(UInt8(ascii: "\\"))
                bytes.append(byte)
            case 0..<0x20, UInt8(ascii: "<"), 0x7F:
                let digits = Array("0123456789abcdef".utf8)
                bytes.append(contentsOf: "\\u00".utf8)
                bytes.append(digits[Int(byte >> 4)])
                bytes.append(digits[Int(byte & 15)])
            default: bytes.append(byte)
            }
        }
    }

    private static func needsEscape(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte == UInt8(ascii: "<")
            || byte == 0x7F
    }
}
