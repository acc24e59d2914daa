/// What came back, as far as anybody asks for it.
struct Answer: Sendable {
    let status: Int
    var body: [UInt8] = []
    var contentType: String?
    var retryAfter: String?
    var date: Instant?
    var isDeprecated = false
    var isDiscontinued = false

    /// The media type when it is not JSON, without parameters, and cut to what a type can look like.
    var foreignMediaType: String? {
        guard let contentType else { return nil }
        let type = contentType.prefix { $0 != ";" }.lowercased().prefix(60)
        guard !type.hasSuffix("json") else { return nil }
        return String(type.filter { $0.isASCII && ($0.isLetter || $0.isNumber || "/+.-".contains($0)) })
    }
}
