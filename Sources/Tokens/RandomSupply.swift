/// Random bytes that are drawn from the system at once and handed out once each, so that all of a request's cost one
/// system call.
public struct RandomSupply: ~Copyable {
    private let bytes: [UInt8]
    private var next = 0

    /// - Parameter count: how many are going to be needed; more are drawn when they are.
    public init(_ count: Int) { bytes = Random.bytes(count) }

    /// Unpredictable bytes that nobody else was given.
    public mutating func take(_ count: Int) -> [UInt8] {
        guard next + count <= bytes.count else { return Random.bytes(count) }
        defer { next += count }
        return Array(bytes[next..<(next + count)])
    }
}
