/// The parts of an answer that the client uses.
struct Answer: Sendable {
    let status: Int
    var body: [UInt8] = []
    /// Replaces the body if that is larger than the limit and an outline was requested.
    var oversized: OversizedPage?
    var contentType: String?
    var retryAfter: String?
    var date: Instant?
    /// From sending the request to the answer's last byte.
    var duration = Duration.zero
    var isDeprecated = false
    var isDiscontinued = false

    /// When it was requested, by the server's clock.
    var askedAt: Instant? { date.map { $0 - duration } }

    /// The media type if it is not JSON, without parameters, and reduced to valid characters.
    var foreignMediaType: String? {
        guard let contentType else { return nil }
        let type = contentType.prefix { $0 != ";" }.lowercased().prefix(60)
        guard !type.hasSuffix("json") else { return nil }
        return String(type.filter { $0.isASCII && ($0.isLetter || $0.isNumber || "/+.-".contains($0)) })
    }
}
