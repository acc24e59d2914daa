/// FastCGI records for the tests, as a web server writes them (FastCGI 1.0, section 3.3).
enum Records {
    static func record(_ type: UInt8, id: UInt16 = 1, _ content: [UInt8] = [], padding: Int = 0, version: UInt8 = 1)
        -> [UInt8]
    {
        [
            version, type, UInt8(id >> 8), UInt8(id & 255), UInt8(content.count >> 8), UInt8(content.count & 255),
            UInt8(padding), 0,
        ] + content + [UInt8](repeating: 0, count: padding)
    }

    static func begin(id: UInt16 = 1, role: UInt8 = 1, flags: UInt8 = 1) -> [UInt8] {
        record(1, id: id, [0, role, flags, 0, 0, 0, 0, 0])
    }

    static func pair(_ name: String, _ value: String) -> [UInt8] {
        length(name.utf8.count) + length(value.utf8.count) + name.utf8 + value.utf8
    }

    static func length(_ count: Int) -> [UInt8] {
        count < 128
            ? [UInt8(count)]
            : [UInt8(count >> 24) | 0x80, UInt8(count >> 16 & 255), UInt8(count >> 8 & 255), UInt8(count & 255)]
    }

    /// A whole request with these variables and this body.
    static func request(_ pairs: [UInt8], body: [UInt8]) -> [UInt8] {
        var bytes = begin()
        if !pairs.isEmpty { bytes += record(4, pairs, padding: 3) }
        bytes += record(4)
        if !body.isEmpty { bytes += record(5, body, padding: 5) }
        return bytes + record(5)
    }
}
