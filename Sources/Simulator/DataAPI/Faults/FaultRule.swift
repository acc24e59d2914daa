/// A fault to simulate, and the requests that it applies to.
package struct FaultRule: Sendable, Codable, Equatable {
    /// The kind of fault.
    package enum Kind: String, Sendable, Codable, CaseIterable {
        /// ``FaultRule/status`` (503) with an error in Welkin's form, and optionally Retry-After.
        case status
        /// The connection is reset before the answer, halfway through the body, or after it.
        case resetBefore = "reset_before"
        case resetWithin = "reset_within"
        case resetAfter = "reset_after"
        /// Half of the body that Content-Length promises, then an orderly end.
        case truncated
        /// The body comes in ten pieces, ``FaultRule/milliseconds`` (100) apart.
        case slow
        /// 200 and a body that is not JSON: cut off within a string.
        case badJSON = "bad_json"
        /// An HTML page, as from a proxy; ``FaultRule/status`` is 200 unless set.
        case html
        /// The resource's previous page again, instead of the requested one.
        case repeatPage = "repeat_page"
        /// A `next` that points to the page itself.
        case stuckNext = "stuck_next"
        /// An empty page, with a `next` that starts a second later.
        case endlessNext = "endless_next"
        /// A `next` that leads to ``FaultRule/origin``, and no `meta` with the right place.
        case foreignNext = "foreign_next"
        /// ``FaultRule/bytes`` (100 million) additional bytes in one record of the page.
        case huge
        /// ``FaultRule/count`` (1) records of the resource change before the answer is made.
        case churn
        /// Every access token is revoked.
        case revoke
        /// `X-API-Deprecated` or `X-API-Discontinued` in the answer.
        case deprecated
        case discontinued
    }

    package let fault: Kind
    /// Only this method.
    package var method: String?
    /// Only these paths; `*` stands for any text. Default: all under `/v1`.
    package var path: String?
    /// Only the requests with these numbers, among those of this method and path; the first is 1.
    package var at: [Int]?
    /// Only every n-th of them.
    package var every: Int?
    /// Only this share of them, at random; the same ones for the same ``seed``.
    package var rate: Double?
    package var seed: UInt64?
    /// At most this many of them.
    package var times: Int?

    package var status: Int?
    /// `Retry-After`: seconds (`"3"`), the HTTP-date that many seconds from now (`"date:3"`), or any other
    /// text.
    package var retryAfter: String?
    package var milliseconds: Int?
    package var bytes: Int?
    package var count: Int?
    package var origin: String?

    package init(_ fault: Kind, path: String? = nil, at: [Int]? = nil, times: Int? = nil) {
        self.fault = fault
        self.path = path
        self.at = at
        self.times = times
    }

    private enum CodingKeys: String, CodingKey {
        case fault, method, path, at, every, rate, seed, times, status, milliseconds, bytes, count, origin
        case retryAfter = "retry_after"
    }

    package func matches(method: String, path: String) -> Bool {
        if let wanted = self.method, wanted != method { return false }
        guard let pattern = self.path else { return true }
        return Self.matches(path[...], pattern.split(separator: "*", omittingEmptySubsequences: false)[...])
    }

    /// All parts in order; the first at the start, the last at the end.
    private static func matches(_ text: Substring, _ parts: ArraySlice<Substring>) -> Bool {
        guard let first = parts.first, text.hasPrefix(first) else { return false }
        var rest = text.dropFirst(first.count)
        if parts.count == 1 { return rest.isEmpty }
        for part in parts.dropFirst().dropLast() {
            guard let range = rest.firstRange(of: part) else { return false }
            rest = rest[range.upperBound...]
        }
        return rest.hasSuffix(parts.last ?? "")
    }
}
