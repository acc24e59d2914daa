import NIOCore
import StrictJSON

/// Changes single members of a record; all others keep their bytes and their order.
enum RecordPatch {
    /// The record with new values; nil if it cannot be read.
    ///
    /// - Parameter values: by member, as JSON; a missing member is added at the end
    static func apply(_ values: [String: [UInt8]], to record: ByteBuffer) -> ByteBuffer? {
        let bytes = Array(record.readableBytesView)
        guard let root = try? JSONDocument(parsing: bytes, mode: .tolerant).root, root.kind == .object else {
            return nil
        }
        var result: [UInt8] = [UInt8(ascii: "{")]
        var missing = values
        func append(_ key: some Sequence<UInt8>, _ value: some Sequence<UInt8>) {
            if result.count > 1 { result.append(UInt8(ascii: ",")) }
            result += key
            result.append(UInt8(ascii: ":"))
            result += value
        }
        for (key, value) in root.members {
            let name = key.string ?? ""
            if let replacement = values[name] {
                missing[name] = nil
                append(key.raw, replacement)
            } else {
                append(key.raw, value.raw)
            }
        }
        for (name, value) in missing.sorted(by: { $0.key < $1.key }) { append(quoted(name), value) }
        result.append(UInt8(ascii: "}"))
        return ByteBuffer(bytes: result)
    }

    /// The text as a JSON string.
    static func quoted(_ text: String) -> [UInt8] {
        var json = JSONWriter(capacity: text.utf8.count + 2)
        json.string(text)
        return json.bytes
    }

    /// The value without whitespace between its parts, because records are lines.
    static func compact(_ value: JSONValue) -> [UInt8] {
        switch value.kind {
        case .array:
            let elements = value.elements.map(compact)
            return Array("[".utf8) + elements.joined(separator: ",".utf8) + Array("]".utf8)
        case .object:
            let members = value.members.map { Array($0.key.raw) + Array(":".utf8) + compact($0.value) }
            return Array("{".utf8) + members.joined(separator: ",".utf8) + Array("}".utf8)
        default: return Array(value.raw)
        }
    }
}
