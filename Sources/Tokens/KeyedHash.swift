import CSodium

/// Short keyed hashes (SipHash-2-4): the same for the same text, useless without the key. For
/// names in logs, not for authentication.
public struct KeyedHash: Sendable {
    private let key: Secret

    /// A separate key, derived from a signing key.
    ///
    /// - Parameters:
    ///   - signingKey: the key to derive from.
    ///   - label: the purpose of the key; two labels give two keys.
    public init(derivedFrom signingKey: MACKey, label: String) {
        key = Secret(signingKey.derive(label).prefix(Int(crypto_shorthash_KEYBYTES)))
    }

    /// Eight bytes.
    public func hash(_ text: String) -> [UInt8] {
        let bytes = Array(text.utf8)
        return unsafe [UInt8](unsafeUninitializedCapacity: Int(crypto_shorthash_BYTES)) { buffer, written in
            unsafe key.withBytes { key in
                _ = unsafe crypto_shorthash(buffer.baseAddress!, bytes, UInt64(bytes.count), key.baseAddress!)
            }
            written = Int(crypto_shorthash_BYTES)
        }
    }
}
