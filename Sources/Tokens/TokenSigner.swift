import StrictJSON

/// Creates compact JWS of one kind (one `typ`), signed with HS256.
public struct TokenSigner: Sendable {
    /// `base64url(header).`
    private let prefix: [UInt8]
    private let key: MACKey

    /// - Parameters:
    ///   - type: the header's `typ`; nil leaves it out.
    ///   - key: the key to sign with.
    public init(type: String?, key: MACKey) {
        var header = JSONWriter()
        header.object {
            $0.member("alg", "HS256")
            if let type { $0.member("typ", type) }
        }
        prefix = Base64URL.encode(header.bytes) + [UInt8(ascii: ".")]
        self.key = key
    }

    /// The token over these claims (JSON text).
    public func sign(_ payload: [UInt8]) -> [UInt8] {
        var token = prefix
        token.reserveCapacity(prefix.count + payload.count * 4 / 3 + 48)
        token += Base64URL.encode(payload)
        let signature = key.mac(token[...]).array
        token.append(UInt8(ascii: "."))
        token += Base64URL.encode(signature)
        return token
    }
}
