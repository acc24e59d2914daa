/// A page's request for a signed launch: an honest one, or one with the flaws that its fields name.
///
/// | field | |
/// |---|---|
/// | `patient` | the clinic's patient that the App is launched for; absent without one |
/// | `claim`, `repeat-claim` | `NAME=JSON`, repeatable: a claim's value, or the claim once more at the end |
/// | `without` | a claim to omit, repeatable |
/// | `expires-in` | seconds from now to `exp` |
/// | `algorithm`, `type`, `critical` | the header's `alg`, `typ`, and a name in its `crit` |
/// | `encoding`, `tamper`, `drop-signature` | as in ``TokenFlaws`` |
/// | `secret` | the secret to sign with instead of the client's; `base64:…` for bytes |
package struct LaunchForm: Sendable, Equatable {
    package private(set) var patient: String?
    package private(set) var secret: SigningSecret?
    package private(set) var flaws = TokenFlaws()

    /// - Throws: ``InvalidLaunchForm`` for a body that is not a form, and for a field that is unknown or
    ///   invalid.
    package init(_ body: String) throws(InvalidLaunchForm) {
        guard let fields = FormText.fields(body) else { throw InvalidLaunchForm(field: nil) }
        for field in fields where !take(field) {
            throw InvalidLaunchForm(field: field.name)
        }
    }

    /// Makes an honest token expire one second earlier: equally valid, but with different bytes.
    mutating func expireEarlier() {
        flaws.expiresIn = flaws.expiresIn ?? LaunchClaims.lifetime - 1
    }

    /// Whether the field is known and valid.
    private mutating func take(_ field: FormText.Field) -> Bool {
        let value = field.value
        switch field.name {
        case "patient": patient = value
        case "claim": return Self.append(RawJSONObject.Member(text: value), to: &flaws.claims)
        case "repeat-claim": return Self.append(RawJSONObject.Member(text: value), to: &flaws.repeatedClaims)
        case "without":
            guard LaunchClaims.names.contains(value) else { return false }
            flaws.withoutClaims.append(value)
        case "expires-in":
            // A century either way is enough, and cannot overflow when added to the time.
            guard let seconds = Int(value), abs(seconds) <= 3_155_760_000 else { return false }
            flaws.expiresIn = seconds
        case "algorithm": flaws.algorithm = SigningAlgorithm(value)
        case "type": flaws.type = value
        case "critical": flaws.critical.append(value)
        case "encoding":
            guard let encoding = SegmentEncoding(rawValue: value) else { return false }
            flaws.encoding = encoding
        case "tamper":
            guard let segment = TokenFlaws.Segment(rawValue: value) else { return false }
            flaws.tampered.insert(segment)
        case "drop-signature": flaws.dropsSignature = true
        case "secret":
            guard let bytes = ByteText.bytes(value) else { return false }
            secret = SigningSecret(bytes)
        default: return false
        }
        return true
    }

    private static func append(_ member: RawJSONObject.Member?, to list: inout [RawJSONObject.Member]) -> Bool {
        guard let member else { return false }
        list.append(member)
        return true
    }
}

/// Why a launch was not signed.
package struct InvalidLaunchForm: Error, Equatable, CustomStringConvertible {
    /// The unknown or invalid field; nil if the body is not a form.
    package let field: String?

    package var description: String {
        field.map { "the launch's “\($0)” is unknown or invalid" } ?? "the launch is not a form"
    }
}
