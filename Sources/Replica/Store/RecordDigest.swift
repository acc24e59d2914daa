import CSodium
import Platform

/// A short stand-in for a record's bytes: BLAKE2b (RFC 7693), 128 bits. Equal digests mean equal
/// bytes.
package struct RecordDigest: Hashable, Sendable {
    /// 16 bytes.
    package let bytes: [UInt8]

    /// Computes the digest of exactly these bytes.
    package init(of record: some Collection<UInt8>) {
        let inPlace = record.withContiguousStorageIfAvailable { unsafe Self.hash($0) }
        bytes = unsafe inPlace ?? Array(record).withUnsafeBufferPointer { unsafe Self.hash($0) }
    }

    /// 32 hexadecimal digits.
    package var text: String { Hexadecimal.text(bytes[...]) }

    private static func hash(_ message: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        unsafe [UInt8](unsafeUninitializedCapacity: 16) { buffer, count in
            _ = unsafe crypto_generichash(buffer.baseAddress!, 16, message.baseAddress, UInt64(message.count), nil, 0)
            count = 16
        }
    }
}
