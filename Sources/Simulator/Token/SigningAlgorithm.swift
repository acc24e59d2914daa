/// A token's `alg`, and how the simulator signs under it.
package struct SigningAlgorithm: Sendable, Equatable {
    /// The `alg`, exactly as in the header.
    package let label: String

    /// Any text is a label: the tester decides what a verifier must refuse.
    package init(_ label: String) {
        self.label = label
    }

    /// The signature under this label.
    ///
    /// HS256, HS384 and HS512 sign as named (RFC 7518, section 3.2), whatever the key's length. `none`, in
    /// any capitalisation, has no bytes. Any other label gets an HS256: the attack of somebody who knows the
    /// secret and hopes that the verifier trusts the label.
    package func sign(_ input: [UInt8], with secret: SigningSecret) -> [UInt8] {
        if label.lowercased() == "none" { return [] }
        switch label {
        case "HS384": return SHA2.sha384.code(of: input, key: secret.bytes)
        case "HS512": return SHA2.sha512.code(of: input, key: secret.bytes)
        default: return SHA2.sha256.code(of: input, key: secret.bytes)
        }
    }
}
