/// What a token's header says in `alg`, and how the simulator then signs.
package struct SigningAlgorithm: Sendable, Equatable {
    /// The `alg`, exactly as it is written into the header.
    package let label: String

    /// Any text is a label: what a verifier has to refuse is up to whoever tests it.
    package init(_ label: String) {
        self.label = label
    }

    /// The signature under this label.
    ///
    /// HS256, HS384 and HS512 are what they say (RFC 7518, section 3.2), whatever the key's length.
    /// `none`, however it is capitalised, has no bytes. Any other label gets an HS256: what somebody
    /// can do who knows the secret and hopes that the verifier believes the label.
    package func sign(_ input: [UInt8], with secret: SigningSecret) -> [UInt8] {
        if label.lowercased() == "none" { return [] }
        switch label {
        case "HS384": return SHA2.sha384.code(of: input, key: secret.bytes)
        case "HS512": return SHA2.sha512.code(of: input, key: secret.bytes)
        default: return SHA2.sha256.code(of: input, key: secret.bytes)
        }
    }
}
