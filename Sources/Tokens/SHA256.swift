import CSodium

/// SHA-256 (FIPS 180-4), for names and page hashes; never for authentication.
public enum SHA256 {
    /// 32 bytes.
    public static func hash(_ bytes: [UInt8]) -> [UInt8] {
        unsafe [UInt8](unsafeUninitializedCapacity: Int(crypto_hash_sha256_BYTES)) { buffer, written in
            _ = unsafe crypto_hash_sha256(buffer.baseAddress!, bytes, UInt64(bytes.count))
            written = Int(crypto_hash_sha256_BYTES)
        }
    }
}
