internal import Glibc

/// Standard input and output of the command line.
enum StandardStreams {
    /// - Returns: the exit status: 0, or 1 when it could not be written.
    @discardableResult
    static func output(_ text: String) -> Int32 { write(1, text) }

    static func error(_ text: String) { _ = write(2, text) }

    /// Everything on standard input, up to `limit` bytes and one.
    static func input(limit: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        while bytes.count <= limit {
            let chunk = unsafe [UInt8](unsafeUninitializedCapacity: 4096) { buffer, count in
                count = unsafe max(0, read(0, buffer.baseAddress!, 4096))
            }
            guard !chunk.isEmpty else { break }
            bytes += chunk
        }
        return bytes
    }

    private static func write(_ descriptor: Int32, _ text: String) -> Int32 {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress!, $0.count) }
            guard count > 0 else { return 1 }
            rest = rest.dropFirst(count)
        }
        return 0
    }
}
