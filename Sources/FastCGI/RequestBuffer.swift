internal import CLinux
internal import Glibc

/// The bytes of one request in a file that exists in memory only, so that they can be looked over
/// here first and then be read by libfcgi, which reads nothing but descriptors.
@safe struct RequestBuffer: ~Copyable {
    /// A whole request: variables and body, and as much again for the records around them.
    static let capacity = 256 * 1024

    /// MFD_CLOEXEC, which needs _GNU_SOURCE.
    private static let closeOnExec: UInt32 = 1

    /// For libfcgi to read from; at the file's beginning after ``rewind()``.
    let descriptor: Int32
    private let memory: UnsafeMutableRawPointer
    /// How many bytes of the request are there.
    private(set) var count = 0

    init() throws(SocketError) {
        descriptor = unsafe memfd_create("welkin-request", Self.closeOnExec)
        guard descriptor >= 0, ftruncate(descriptor, Self.capacity) == 0 else { throw .system("memfd_create", errno) }
        let mapped = unsafe mmap(nil, Self.capacity, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0)
        guard let mapped = unsafe mapped, unsafe mapped != MAP_FAILED else { throw .system("mmap", errno) }
        unsafe memory = mapped
    }

    deinit {
        unsafe munmap(memory, Self.capacity)
        close(descriptor)
    }

    mutating func removeAll() { count = 0 }

    /// Keeps the first `count` bytes.
    mutating func truncate(to count: Int) { self.count = min(count, self.count) }

    /// Puts bytes of our own behind what is there.
    mutating func append(_ bytes: InlineArray<8, UInt8>) {
        for index in 0..<8 { unsafe memory.storeBytes(of: bytes[index], toByteOffset: count + index, as: UInt8.self) }
        count += 8
    }

    /// Room for more, without the last eight bytes that ``append(_:)`` may need.
    var isFull: Bool { count >= Self.capacity - 8 }

    /// Receives what has come on a connection.
    ///
    /// - Returns: as recv(2): the number of bytes, 0 at the end, -1 with `errno`.
    mutating func receive(from connection: Int32, flags: Int32) -> Int {
        let received = unsafe recv(connection, memory + count, Self.capacity - 8 - count, flags)
        if received > 0 { count += received }
        return received
    }

    /// Lends the bytes from `start` on.
    func withBytes<Result>(from start: Int, _ body: (Span<UInt8>) -> Result) -> Result {
        let bytes = unsafe UnsafeBufferPointer(
            start: memory.assumingMemoryBound(to: UInt8.self) + start, count: count - start)
        return unsafe body(bytes.span)
    }

    /// Makes ``descriptor`` read from the first byte.
    func rewind() { lseek(descriptor, 0, SEEK_SET) }
}
