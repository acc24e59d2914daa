public import Tokens

/// The project's own keys: the first one signs and seals, all of them verify and open, so that a
/// key can be rotated without ending anybody's session.
public final class SessionKeys: Sendable {
    /// Keys shorter than this could be guessed (RFC 7518, section 3.2: at least the hash's size).
    public static let minimumLength = 32

    /// The `typ` of session tokens.
    static let type = "welkin-session"

    let signer: TokenSigner
    let verifiers: [MACKey]
    let sealers: [SealingKey]
    private let pseudonyms: KeyedHash
    /// Of each key in order, eight hexadecimal digits that tell keys apart and reveal nothing.
    public let shortIDs: [String]

    /// - Parameter secrets: at least one, each of at least ``minimumLength`` bytes; nil otherwise.
    public init?(_ secrets: [Secret]) {
        guard !secrets.isEmpty, secrets.allSatisfy({ $0.count >= Self.minimumLength }) else { return nil }
        verifiers = secrets.map(MACKey.init)
        signer = TokenSigner(type: Self.type, key: verifiers[0])
        sealers = verifiers.map { SealingKey(derivedFrom: $0, label: "welkin hand-off") }
        shortIDs = verifiers.map { $0.shortID("welkin key id") }
        pseudonyms = KeyedHash(derivedFrom: verifiers[0], label: "welkin pseudonym")
    }

    /// A short keyed hash that stands for an identifier in the log: the same one for the same
    /// identifier, and of no use to anybody without the key.
    public func pseudonym(_ identifier: String) -> String {
        Hexadecimal.text(pseudonyms.hash(identifier).prefix(5))
    }
}
