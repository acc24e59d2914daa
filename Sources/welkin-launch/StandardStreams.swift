import Platform

/// Standard input and output of the command line.
enum StandardStreams {
    /// - Returns: the exit status: 0, or 1 when writing failed.
    @discardableResult
    static func output(_ text: String) -> Int32 { write(1, text) }

    static func error(_ text: String) { _ = write(2, text) }

    /// Everything on standard input, up to `limit` + 1 bytes.
    static func input(limit: Int) -> [UInt8] {
        (try? Descriptor.read(0, limit: limit + 1)) ?? []
    }

    private static func write(_ descriptor: Int32, _ text: String) -> Int32 {
        (try? Descriptor.write(Array(text.utf8), to: descriptor)) == nil ? 1 : 0
    }
}
