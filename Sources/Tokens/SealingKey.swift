import CSodium

/// Seals short messages so that nobody else can read or change them: XChaCha20-Poly1305
/// (draft-irtf-cfrg-xchacha) with a random nonce in front.
public struct SealingKey: Sendable {
    /// The number of random bytes per seal.
    public static let nonceSize = Int(crypto_aead_xchacha20poly1305_ietf_NPUBBYTES)
    private static let tagSize = Int(crypto_aead_xchacha20poly1305_ietf_ABYTES)

    private let key: Secret

    /// A separate key, derived from a signing key so that neither reveals the other.
    ///
    /// - Parameters:
    ///   - signingKey: the key to derive from.
    ///   - label: the purpose of the key; two labels give two keys.
    public init(derivedFrom signingKey: MACKey, label: String) {
        key = Secret(signingKey.derive(label))
    }

    /// `nonce ‖ ciphertext ‖ tag`.
    ///
    /// - Parameters:
    ///   - message: the bytes to seal.
    ///   - context: authenticated with the message but not part of it; opening requires the same.
    ///   - random: the source of the nonce.
    public func seal(_ message: [UInt8], context: [UInt8], random: inout RandomSupply) -> [UInt8] {
        let nonce = random.take(Self.nonceSize)
        let size = message.count + Self.tagSize
        let sealed = unsafe [UInt8](unsafeUninitializedCapacity: size) { buffer, written in
            unsafe key.withBytes { key in
                _ = unsafe crypto_aead_xchacha20poly1305_ietf_encrypt(
                    buffer.baseAddress!, nil, message, UInt64(message.count), context,
                    UInt64(context.count), nil, nonce, key.baseAddress!)
            }
            written = size
        }
        return nonce + sealed
    }

    /// The message; nil when the key or the context differs or anything was changed.
    public func open(_ box: [UInt8], context: [UInt8]) -> [UInt8]? {
        guard box.count >= Self.nonceSize + Self.tagSize else { return nil }
        let nonce = Array(box[..<Self.nonceSize])
        let sealed = Array(box[Self.nonceSize...])
        var isOpen = false
        let message = unsafe [UInt8](unsafeUninitializedCapacity: sealed.count) { buffer, written in
            isOpen = unsafe key.withBytes { key in
                unsafe crypto_aead_xchacha20poly1305_ietf_decrypt(
                    buffer.baseAddress!, nil, nil, sealed, UInt64(sealed.count), context,
                    UInt64(context.count), nonce, key.baseAddress!) == 0
            }
            written = isOpen ? sealed.count - Self.tagSize : 0
        }
        return isOpen ? message : nil
    }
}
