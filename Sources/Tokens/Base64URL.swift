internal import CSodium

/// base64url without padding (RFC 4648, section 5; RFC 7515, section 2).
public enum Base64URL {
    private static let variant = Int32(sodium_base64_VARIANT_URLSAFE_NO_PADDING)

    /// This function can't fail.
    public static func encode(_ bytes: [UInt8]) -> [UInt8] { encode(bytes, variant: variant) }

    /// The bytes behind canonical base64url, or nil: for padding, white space, any character
    /// outside the alphabet, and bits that are left over and not zero (two texts must never
    /// stand for the same bytes).
    public static func decode(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        decode(text, variant: variant)
    }

    fileprivate static func encode(_ bytes: [UInt8], variant: Int32) -> [UInt8] {
        let size = sodium_base64_encoded_len(bytes.count, variant)
        return unsafe [UInt8](unsafeUninitializedCapacity: size) { buffer, written in
            _ = unsafe sodium_bin2base64(buffer.baseAddress!, size, bytes, bytes.count, variant)
            written = size - 1  // without the terminating zero
        }
    }

    fileprivate static func decode(_ text: ArraySlice<UInt8>, variant: Int32) -> [UInt8]? {
        // libsodium 1.0.18 takes some bytes above ASCII for letters, where `char` is signed.
        guard text.allSatisfy({ $0 < 0x80 }) else { return nil }
        var isRight = false
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: text.count) { buffer, written in
            isRight = unsafe text.withUnsafeBytes { source in
                var end: UnsafePointer<CChar>?
                let start = unsafe source.baseAddress?.assumingMemoryBound(to: CChar.self)
                guard let start = unsafe start else { return true }
                let status = unsafe sodium_base642bin(
                    buffer.baseAddress!, buffer.count, start, source.count, nil, &written, &end, variant)
                return unsafe status == 0 && end == start + source.count
            }
            if !isRight { written = 0 }
        }
        return isRight ? bytes : nil
    }
}

/// Ordinary base64 (RFC 4648, section 4), as operators paste it into settings.
public enum Base64 {
    /// The bytes behind base64 with or without padding, in either alphabet; nil when it is none.
    public static func decode(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        for variant in [
            sodium_base64_VARIANT_ORIGINAL, sodium_base64_VARIANT_ORIGINAL_NO_PADDING,
            sodium_base64_VARIANT_URLSAFE, sodium_base64_VARIANT_URLSAFE_NO_PADDING,
        ] {
            if let bytes = Base64URL.decode(text, variant: Int32(variant)) { return bytes }
        }
        return nil
    }

    /// With padding. This function can't fail.
    public static func encode(_ bytes: [UInt8]) -> [UInt8] {
        Base64URL.encode(bytes, variant: Int32(sodium_base64_VARIANT_ORIGINAL))
    }
}
