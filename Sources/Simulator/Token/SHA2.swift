internal import CSodium

/// SHA-2 (FIPS 180-4) and HMAC over it (RFC 2104), by libsodium. All of the simulator's cryptography is here.
///
/// Does not use `Tokens`: code that makes tokens to test it with must not share its faults.
enum SHA2: Sendable {
    case sha256
    case sha384
    case sha512

    private static let ready: Void = {
        precondition(sodium_init() >= 0, "libsodium could not be initialised")
    }()

    /// The digest.
    func hash(_ bytes: [UInt8]) -> [UInt8] {
        _ = Self.ready
        var digest = [UInt8](repeating: 0, count: self == .sha256 ? 32 : 64)
        switch self {
        case .sha256: unsafe crypto_hash_sha256(&digest, bytes, UInt64(bytes.count))
        case .sha384:
            // Not in libsodium: SHA-512 with other initial values, cut to 48 bytes (sections 5.3.4 and 6.5).
            var state = crypto_hash_sha512_state()
            unsafe crypto_hash_sha512_init(&state)
            state.state = (
                0xCBBB_9D5D_C105_9ED8, 0x629A_292A_367C_D507, 0x9159_015A_3070_DD17, 0x152F_ECD8_F70E_5939,
                0x6733_2667_FFC0_0B31, 0x8EB4_4A87_6858_1511, 0xDB0C_2E0D_64F9_8FA7, 0x47B5_481D_BEFA_4FA4
            )
            unsafe crypto_hash_sha512_update(&state, bytes, UInt64(bytes.count))
            unsafe crypto_hash_sha512_final(&state, &digest)
            digest.removeLast(16)
        case .sha512: unsafe crypto_hash_sha512(&digest, bytes, UInt64(bytes.count))
        }
        return digest
    }

    /// The message's authentication code.
    ///
    /// - Parameter key: of any length.
    func code(of message: [UInt8], key: [UInt8]) -> [UInt8] {
        _ = Self.ready
        var code = [UInt8](repeating: 0, count: self == .sha256 ? 32 : 64)
        switch self {
        case .sha256:
            var state = crypto_auth_hmacsha256_state()
            unsafe crypto_auth_hmacsha256_init(&state, key, key.count)
            unsafe crypto_auth_hmacsha256_update(&state, message, UInt64(message.count))
            unsafe crypto_auth_hmacsha256_final(&state, &code)
        case .sha384:
            let block = 128
            let key = key.count > block ? hash(key) : key
            func padded(_ byte: UInt8) -> [UInt8] { (0..<block).map { ($0 < key.count ? key[$0] : 0) ^ byte } }
            code = hash(padded(0x5C) + hash(padded(0x36) + message))
        case .sha512:
            var state = crypto_auth_hmacsha512_state()
            unsafe crypto_auth_hmacsha512_init(&state, key, key.count)
            unsafe crypto_auth_hmacsha512_update(&state, message, UInt64(message.count))
            unsafe crypto_auth_hmacsha512_final(&state, &code)
        }
        return code
    }

    /// Whether that is the message's authentication code, compared in constant time.
    func isCode(_ code: [UInt8], of message: [UInt8], key: [UInt8]) -> Bool {
        let right = self.code(of: message, key: key)
        return unsafe code.count == right.count && sodium_memcmp(code, right, right.count) == 0
    }
}
