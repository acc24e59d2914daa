import ArgumentParser
import Simulator

/// The ways in which `mint` makes a token invalid on purpose.
struct FlawOptions: ParsableArguments {
    @Option(help: "A different iss.")
    var issuer: String?

    @Option(help: "A different aud.")
    var audience: String?

    @Option(
        defaultAsFlag: 300,
        help: "A token that expired this many seconds ago (300 if no number is given).")
    var expired: Int?

    @Option(
        name: .customLong("expires-in"), parsing: .unconditional,
        help: "Seconds from now to exp; may be negative.")
    var expiresIn: Int?

    @Option(
        name: .customLong("client-id-claim"),
        help: "A welkin_oauth_client_id other than that of the signing client.")
    var clientID: String?

    @Option(
        name: .customLong("claim"),
        help: .init(
            "A claim's value as raw JSON, not checked. Repeatable.", valueName: "name=json"))
    var claims: [NamedValue] = []

    @Option(
        name: .customLong("without"), help: .init("Omits a claim. Repeatable.", valueName: "claim"))
    var withoutClaims: [String] = []

    @Option(
        name: .customLong("repeat-claim"),
        help: .init("Repeats a claim at the end. Repeatable.", valueName: "name=json"))
    var repeatedClaims: [NamedValue] = []

    @Option(
        help: """
            The header's alg. HS256, HS384 and HS512 sign as named, none leaves the signature empty, \
            and anything else is only a label on HS256.
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
        help: .init("Omits a header parameter. Repeatable.", valueName: "name"))
    var withoutHeaders: [String] = []

    @Option(
        name: .customLong("raw-header"),
        help: .init("Signs this in place of the header; base64:… for bytes.", valueName: "text"))
    var rawHeader: RawBytes?

    @Option(
        name: .customLong("raw-payload"),
        help: .init("Signs this in place of the claims; base64:… for bytes.", valueName: "text"))
    var rawPayload: RawBytes?

    @Option(help: "How the segments are encoded, before signing.")
    var encoding = SegmentEncoding.canonical

    @Option(
        name: .customLong("tamper"),
        help: .init(
            """
            Changes a segment after signing: an extra space in header or payload, a flipped bit in \
            the signature. Repeatable.
            """, valueName: "segment"))
    var tampered: [TokenFlaws.Segment] = []

    @Option(
        name: .customLong("empty"),
        help: .init("Empties a segment after signing. Repeatable.", valueName: "segment"))
    var emptied: [TokenFlaws.Segment] = []

    @Flag(name: .customLong("drop-signature"), help: "Omits the signature and its dot.")
    var dropsSignature = false

    @Option(
        name: .customLong("extra-segment"), defaultAsFlag: "ZXh0cmE",
        help: "Adds a fourth segment (ZXh0cmE if no text is given).")
    var extraSegment: String?

    func validate() throws {
        guard expired == nil || expiresIn == nil else {
            throw ValidationError("--expired and --expires-in exclude each other: both set when the token expires.")
        }
        try Self.refuseUnknown(withoutClaims, "--without", of: LaunchClaims.names)
        try Self.refuseUnknown(
            withoutHeaders, "--without-header", of: MintedToken.headerNames + headers.map(\.member.name))
    }

    /// Omitting a missing name changes nothing: the token would be valid where it should not be.
    private static func refuseUnknown(_ names: [String], _ option: String, of known: [String]) throws {
        guard let name = names.first(where: { !known.contains($0) }) else { return }
        throw ValidationError("\(option) \(name): unknown name; known are \(known.joined(separator: ", ")).")
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
