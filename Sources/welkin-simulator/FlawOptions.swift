import ArgumentParser
import Simulator

/// The ways in which `mint` makes a token wrong on purpose.
struct FlawOptions: ParsableArguments {
    @Option(help: "Another iss.")
    var issuer: String?

    @Option(help: "Another aud.")
    var audience: String?

    @Option(
        defaultAsFlag: 300,
        help: "A token that expired so many seconds ago (300 when no number is given).")
    var expired: Int?

    @Option(
        name: .customLong("expires-in"), parsing: .unconditional,
        help: "exp is so many seconds from now; may be negative.")
    var expiresIn: Int?

    @Option(
        name: .customLong("client-id-claim"),
        help: "Another welkin_oauth_client_id than the client whose secret signs.")
    var clientID: String?

    @Option(
        name: .customLong("claim"),
        help: .init(
            "A claim's value as raw JSON, which is not checked. Repeatable.", valueName: "name=json"))
    var claims: [NamedValue] = []

    @Option(
        name: .customLong("without"), help: .init("Leaves a claim out. Repeatable.", valueName: "claim"))
    var withoutClaims: [String] = []

    @Option(
        name: .customLong("repeat-claim"),
        help: .init("Writes a claim once more, at the end. Repeatable.", valueName: "name=json"))
    var repeatedClaims: [NamedValue] = []

    @Option(
        help: """
            The header's alg. HS256, HS384 and HS512 are really signed, none has an empty signature, \
            and all else is a label on an HS256.
            """)
    var algorithm = "HS256"

    @Option(help: "The header's typ.")
    var type = "JWT"

    @Option(
        name: .customLong("critical"),
        help: .init("Names a parameter in the header's crit. Repeatable.", valueName: "name"))
    var critical: [String] = []

    @Option(
        name: .customLong("header"),
        help: .init("A header parameter as raw JSON, not checked. Repeatable.", valueName: "name=json"))
    var headers: [NamedValue] = []

    @Option(
        name: .customLong("without-header"),
        help: .init("Leaves a header parameter out. Repeatable.", valueName: "name"))
    var withoutHeaders: [String] = []

    @Option(
        name: .customLong("raw-header"),
        help: .init("Signs this in place of the header; base64:… for bytes.", valueName: "text"))
    var rawHeader: RawBytes?

    @Option(
        name: .customLong("raw-payload"),
        help: .init("Signs this in place of the claims; base64:… for bytes.", valueName: "text"))
    var rawPayload: RawBytes?

    @Option(help: "How the segments are written, before signing.")
    var encoding = SegmentEncoding.canonical

    @Option(
        name: .customLong("tamper"),
        help: .init(
            """
            Changes a segment after signing: a space more in header or payload, a bit in the \
            signature. Repeatable.
            """, valueName: "segment"))
    var tampered: [TokenFlaws.Segment] = []

    @Option(
        name: .customLong("empty"),
        help: .init("Empties a segment after signing. Repeatable.", valueName: "segment"))
    var emptied: [TokenFlaws.Segment] = []

    @Flag(name: .customLong("drop-signature"), help: "Leaves out the signature and its dot.")
    var dropsSignature = false

    @Option(
        name: .customLong("extra-segment"), defaultAsFlag: "ZXh0cmE",
        help: "Adds a fourth segment (ZXh0cmE when no text is given).")
    var extraSegment: String?

    func validate() throws {
        guard expired == nil || expiresIn == nil else {
            throw ValidationError("--expired and --expires-in both say when the token ends.")
        }
        try Self.refuseUnknown(withoutClaims, "--without", of: LaunchClaims.names)
        try Self.refuseUnknown(
            withoutHeaders, "--without-header", of: MintedToken.headerNames + headers.map(\.member.name))
    }

    /// To leave out what is not there changes nothing: the token would be right where it should be wrong.
    private static func refuseUnknown(_ names: [String], _ option: String, of known: [String]) throws {
        guard let name = names.first(where: { !known.contains($0) }) else { return }
        throw ValidationError("\(option) \(name): there is none of that name, but \(known.joined(separator: ", ")).")
    }

    var flaws: TokenFlaws {
        var flaws = TokenFlaws()
        flaws.issuer = issuer
        flaws.audience = audience
        flaws.expiresIn = expiresIn ?? expired.map { -$0 }
        flaws.clientID = clientID
        flaws.claims = claims.map(\.member)
        flaws.withoutClaims = withoutClaims
        flaws.repeatedClaims = repeatedClaims.map(\.member)
        flaws.algorithm = SigningAlgorithm(algorithm)
        flaws.type = type
        flaws.critical = critical
        flaws.headers = headers.map(\.member)
        flaws.withoutHeaders = withoutHeaders
        flaws.rawHeader = rawHeader?.bytes
        flaws.rawPayload = rawPayload?.bytes
        flaws.encoding = encoding
        flaws.tampered = Set(tampered)
        flaws.emptied = Set(emptied)
        flaws.dropsSignature = dropsSignature
        flaws.extraSegment = extraSegment
        return flaws
    }
}

/// `NAME=JSON` on the command line.
struct NamedValue: ExpressibleByArgument {
    let member: RawJSONObject.Member

    init?(argument: String) {
        guard let member = RawJSONObject.Member(text: argument) else { return nil }
        self.member = member
    }
}

/// Text or `base64:…` on the command line.
struct RawBytes: ExpressibleByArgument {
    let bytes: [UInt8]

    init?(argument: String) {
        guard let bytes = ByteText.bytes(argument) else { return nil }
        self.bytes = bytes
    }
}

extension SegmentEncoding: ExpressibleByArgument {}
extension TokenFlaws.Segment: ExpressibleByArgument {}
