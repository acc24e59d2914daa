internal import Tokens

/// New session keys.
public enum KeyGenerator {
    /// 32 random bytes in the form that settings take.
    public static func newKey() -> String {
        "base64:" + String(decoding: Base64.encode(Random.bytes(SessionKeys.minimumLength)), as: UTF8.self)
    }
}
