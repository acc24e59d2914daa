import StrictJSON

/// One spelling for the same content: members sorted by name, the last of a repeated name, no spaces, strings
/// with only the necessary escapes. Numbers stay as they are written.
enum CanonicalJSON {
    static func bytes(of value: JSONValue) -> [UInt8] {
        var writer = JSONWriter()
        write(value, to: &writer)
        return writer.bytes
    }

    private static func write(_ value: JSONValue, to writer: inout JSONWriter) {
        switch value.kind {
        case .object:
            let members = Dictionary(value.members.map { ($0.key.string ?? "", $0.value) }) { $1 }
            writer.object { writer in
                for name in members.keys.sorted(by: { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }) {
                    var inner = JSONWriter()
                    write(members[name]!, to: &inner)
                    writer.member(name, raw: inner.bytes)
                }
            }
        case .array:
            writer.array { writer in for element in value.elements { write(element, to: &writer) } }
        case .string: writer.string(value.string)
        case .number, .bool, .null: writer.raw(value.raw)
        }
    }
}
