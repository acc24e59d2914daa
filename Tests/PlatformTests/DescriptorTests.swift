import Glibc
import Platform
import Testing

@Suite("Reading and writing through a descriptor")
struct DescriptorTests {
    /// A pipe whose writing end a thread of its own fills, so that it may be as small as the system likes.
    private func received(_ bytes: [UInt8], limit: Int = .max) throws -> [UInt8] {
        var ends: [Int32] = [0, 0]
        #expect(pipe(&ends) == 0)
        defer { close(ends[0]) }
        let writer = Writer(descriptor: ends[1], bytes: bytes)
        writer.start()
        defer { writer.join() }
        return try Descriptor.read(ends[0], limit: limit)
    }

    @Test("What is written arrives whole, however it is cut on the way", arguments: [0, 1, 16_384, 16_385, 300_000])
    func whole(count: Int) throws {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        #expect(try received(bytes) == bytes)
    }

    @Test("No more is read than was asked for", arguments: [0, 1, 16_384, 20_000])
    func limit(count: Int) throws {
        #expect(try received(Array(repeating: 7, count: 40_000), limit: count).count == count)
    }

    @Test("What cannot be read or written says why")
    func failures() {
        #expect(throws: SystemError(code: EBADF)) { try Descriptor.read(-1) }
        #expect(throws: SystemError(code: EBADF)) { try Descriptor.write([1], to: -1) }
        #expect(throws: SystemError(code: ENOENT)) { try Descriptor.readFile("/nonexistent") }
        #expect(throws: FileFailure(call: "write", path: "it", SystemError(code: EBADF))) {
            try Descriptor.write([1], to: -1, called: "it")
        }
    }
}

/// A thread that writes and closes; a reader that stops early ends it.
private final class Writer: @unchecked Sendable {
    // @unchecked: the thread is written before it is joined, by the same test.
    private let descriptor: Int32
    private let bytes: [UInt8]
    private var thread = pthread_t()

    init(descriptor: Int32, bytes: [UInt8]) {
        self.descriptor = descriptor
        self.bytes = bytes
    }

    func start() {
        signal(SIGPIPE, SIG_IGN)
        pthread_create(
            &thread, nil,
            { argument in
                let writer = Unmanaged<Writer>.fromOpaque(argument!).takeRetainedValue()
                try? Descriptor.write(writer.bytes, to: writer.descriptor)
                close(writer.descriptor)
                return nil
            }, Unmanaged.passRetained(self).toOpaque())
    }

    func join() { pthread_join(thread, nil) }
}
