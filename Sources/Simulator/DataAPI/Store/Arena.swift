import NIOCore

/// Stores records' bytes consecutively in large chunks, so that a million records are not a million
/// allocations.
struct Arena: Sendable {
    /// Where a record's bytes are.
    struct Place: Sendable {
        let chunk: UInt32
        let offset: UInt32
        let length: UInt32
    }

    private static let chunkSize = 1 << 20
    private var chunks: [ByteBuffer] = []

    mutating func append(_ bytes: [UInt8]) -> Place {
        if chunks.last.map({ $0.writerIndex + bytes.count > Self.chunkSize }) ?? true {
            chunks.append(ByteBufferAllocator().buffer(capacity: max(Self.chunkSize, bytes.count)))
        }
        let chunk = chunks.count - 1
        let offset = chunks[chunk].writerIndex
        chunks[chunk].writeBytes(bytes)
        return Place(chunk: UInt32(chunk), offset: UInt32(offset), length: UInt32(bytes.count))
    }

    /// The bytes at a place in this arena.
    func slice(_ place: Place) -> ByteBuffer {
        chunks[Int(place.chunk)].getSlice(at: Int(place.offset), length: Int(place.length))!
    }
}
