/// FastCGI 1.0, sections 3 to 5, read over whole records: what ``RecordGuard`` does in pieces.
struct ReferenceRequest {
    private(set) var id = 0
    /// The variables as they were sent, and each name and value.
    private(set) var parameters: [UInt8] = []
    private(set) var variables: [([UInt8], [UInt8])] = []
    private(set) var body: [UInt8] = []
    /// Bytes in front of the body.
    private(set) var headLength = 0
    /// Bytes of padding altogether.
    private(set) var padding = 0
    /// Bytes behind the request.
    var surplus: Int { rest.count }

    private var rest: ArraySlice<UInt8>

    private struct Malformed: Error {}

    /// Nil unless `bytes` begin with one whole request for a responder.
    init?(_ bytes: [UInt8]) {
        rest = bytes[...]
        do {
            let begin = try record()
            id = begin.id
            guard begin.type == 1, id != 0, begin.content.count == 8, begin.content.starts(with: [0, 1]) else {
                return nil
            }
            parameters = try stream(4)
            headLength = bytes.count - rest.count
            variables = try Self.pairs(parameters)
            body = try stream(5)
        } catch { return nil }
        guard parameters.count <= 65_536 else { return nil }
    }

    private mutating func record() throws -> (type: UInt8, id: Int, content: ArraySlice<UInt8>) {
        let header = Array(rest.prefix(8))
        guard header.count == 8, header[0] == 1 else { throw Malformed() }
        let size = Int(header[4]) * 256 + Int(header[5])
        guard rest.count >= 8 + size + Int(header[6]) else { throw Malformed() }
        let content = rest.dropFirst(8).prefix(size)
        rest = rest.dropFirst(8 + size + Int(header[6]))
        padding += Int(header[6])
        return (header[1], Int(header[2]) * 256 + Int(header[3]), content)
    }

    /// The contents of the records of one type, to the empty one that ends them.
    private mutating func stream(_ type: UInt8) throws -> [UInt8] {
        var content: [UInt8] = []
        while true {
            let next = try record()
            guard next.type == type, next.id == id else { throw Malformed() }
            if next.content.isEmpty { return content }
            content += next.content
        }
    }

    private static func pairs(_ content: [UInt8]) throws -> [([UInt8], [UInt8])] {
        var rest = content[...]
        func length() throws -> Int {
            guard let first = rest.popFirst() else { throw Malformed() }
            guard first >= 128 else { return Int(first) }
            guard rest.count >= 3 else { throw Malformed() }
            defer { rest = rest.dropFirst(3) }
            return rest.prefix(3).reduce(Int(first & 127)) { $0 * 256 + Int($1) }
        }
        var pairs: [([UInt8], [UInt8])] = []
        while !rest.isEmpty {
            let (name, value) = (try length(), try length())
            guard rest.count >= name + value else { throw Malformed() }
            pairs.append((Array(rest.prefix(name)), Array(rest.dropFirst(name).prefix(value))))
            rest = rest.dropFirst(name + value)
        }
        return pairs
    }
}
