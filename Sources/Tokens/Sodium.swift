import CSodium

/// libsodium, initialized before its first use.
enum Sodium {
    /// `sodium_init` picks the implementations for this processor; it may be called again, from
    /// any thread.
    static let ready: Void = {
        let status = sodium_init()
        // It fails only when the system has no source of random numbers. Then nothing may run.
        precondition(status >= 0, "libsodium could not be initialised")
    }()
}

/// Random bytes.
public enum Random {
    /// Unpredictable bytes from the system.
    public static func bytes(_ count: Int) -> [UInt8] {
        _ = Sodium.ready
        return unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, written in
            if let base = buffer.baseAddress { unsafe randombytes_buf(base, count) }
            written = count
        }
    }
}
