/// What came back, as far as anybody asks for it.
struct Answer: Sendable {
    let status: Int
    var body: [UInt8] = []
    /// In place of the body, where that is larger than the limit and an outline was asked for.
    var oversized: OversizedPage?
    var contentType: String?
    var retryAfter: String?
    var date: Instant?
    /// From sending the request to the answer's last byte.
    var duration = Duration.zero
    var isDeprecated = false
    var isDiscontinued = false

    /// When it was asked for, by the clock of whoever answered.
    var askedAt: Instant? { date.map { $0 - duration } }

    /// The media type when it is not JSON, without parameters, and cut to what a type can look like.
    var foreignMediaType: String? {
        guard let contentType else { return nil }
        let type = contentType.prefix { $0 != ";" }.lowercased().prefix(60)
        guard !type.hasSuffix("json") else { return nil }
        return String(type.filter { $0.isASCII && ($0.isLetter || $0.isNumber || "/+.-".contains($0)) })
    }
}
