/// What the page asks to have signed: an honest launch, or one with the flaws that its fields name.
///
/// | field | |
/// |---|---|
/// | `patient` | the clinic's patient whom the App is launched for; absent outside of one |
/// | `claim`, `repeat-claim` | `NAME=JSON`, repeatable: a claim's value, or the claim once more at the end |
/// | `without` | a claim that is left out, repeatable |
/// | `expires-in` | seconds from now to `exp` |
/// | `algorithm`, `type`, `critical` | the header's `alg`, `typ`, and a name in its `crit` |
/// | `encoding`, `tamper`, `drop-signature` | as ``TokenFlaws`` has them |
/// | `secret` | what to sign with in place of the client's secret; `base64:…` for bytes |
package struct LaunchForm: Sendable, Equatable {
    package private(set) var patient: String?
    package private(set) var secret: SigningSecret?
    package private(set) var flaws = TokenFlaws()

    /// - Throws: ``InvalidLaunchForm`` for a body that is no form, and for a field that is unknown or
    ///   makes no sense.
    package init(_ body: String) throws(InvalidLaunchForm) {
        guard let fields = FormText.fields(body) else { throw InvalidLaunchForm(field: nil) }
        for field in fields where !take(field) {
            throw InvalidLaunchForm(field: field.name)
        }
    }

    /// Lets an honest token end a second earlier than one that is signed now: its bytes are others, and it is as good.
    mutating func expireEarlier() {
        flaws.expiresIn = flaws.expiresIn ?? LaunchClaims.lifetime - 1
    }

    /// Whether the field could be taken.
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
            // A century either way is enough, and cannot overflow when it is added to the time.
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

/// Why nothing was signed.
package struct InvalidLaunchForm: Error, Equatable, CustomStringConvertible {
    /// The field that is unknown or makes no sense; nil when the body is no form.
    package let field: String?

    package var description: String {
        field.map { "the launch's “\($0)” cannot be used" } ?? "the launch is no form"
    }
}
