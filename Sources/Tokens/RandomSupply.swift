/// Random bytes, drawn from the system together and each handed out once, so that those of a request cost one
/// system call.
public struct RandomSupply: ~Copyable {
    private let bytes: [UInt8]
    private var next = 0

    /// - Parameter count: the expected number; more are drawn when needed.
    public init(_ count: Int) { bytes = Random.bytes(count) }

    /// Unpredictable bytes that were never handed out before.
    public mutating func take(_ count: Int) -> [UInt8] {
        guard next + count <= bytes.count else { return Random.bytes(count) }
        defer { next += count }
        return Array(bytes[next..<(next + count)])
    }
}
