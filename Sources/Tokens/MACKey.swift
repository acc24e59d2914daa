import CSodium

/// A key for HMAC-SHA256 (RFC 2104), with the key's own two blocks computed in advance.
@safe public final class MACKey: @unchecked Sendable {
    // @unchecked: written in init, only copied afterwards.
    private let state: UnsafeMutablePointer<crypto_auth_hmacsha256_state>

    /// - Parameter secret: a key of any length; the RFC hashes those over 64 bytes first.
    public init(_ secret: Secret) {
        _ = Sodium.ready
        unsafe state = .allocate(capacity: 1)
        unsafe secret.withBytes { bytes in
            _ = unsafe crypto_auth_hmacsha256_init(state, bytes.baseAddress!, bytes.count)
        }
    }

    deinit {
        unsafe sodium_memzero(state, MemoryLayout<crypto_auth_hmacsha256_state>.size)
        unsafe state.deallocate()
    }

    /// The MAC of a message.
    public func mac(_ message: ArraySlice<UInt8>) -> MAC {
        var running = unsafe state.pointee
        var bytes = InlineArray<32, UInt8>(repeating: 0)
        unsafe message.withUnsafeBufferPointer { buffer in
            _ = unsafe crypto_auth_hmacsha256_update(&running, buffer.baseAddress, UInt64(buffer.count))
        }
        var span = bytes.mutableSpan
        unsafe span.withUnsafeMutableBufferPointer { buffer in
            _ = unsafe crypto_auth_hmacsha256_final(&running, buffer.baseAddress!)
        }
        return MAC(bytes: bytes)
    }

    /// The MAC of a text, as an array, for deriving other keys and for keyed hashes.
    public func derive(_ label: String) -> [UInt8] { mac(Array(label.utf8)[...]).array }
}

/// 32 bytes that prove possession of the key. Comparing takes the same time wherever they differ.
public struct MAC: Sendable {
    let bytes: InlineArray<32, UInt8>

    /// The 32 bytes, to send or store.
    public var array: [UInt8] {
        unsafe [UInt8](unsafeUninitializedCapacity: 32) { buffer, written in
            for index in 0..<32 { unsafe buffer[index] = bytes[index] }
            written = 32
        }
    }

    /// Compares in constant time. False for any length other than 32.
    public func equals(_ other: [UInt8]) -> Bool {
        guard other.count == 32 else { return false }
        return unsafe bytes.span.withUnsafeBufferPointer { mine in
            unsafe crypto_verify_32(mine.baseAddress!, other) == 0
        }
    }
}
