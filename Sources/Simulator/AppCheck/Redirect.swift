import FoundationEssentials

/// A redirect's target and its cookies.
enum Redirect {
    /// The absolute address; nil if it is missing or unreadable.
    static func target(of answer: AppAnswer, from url: String) -> String? {
        guard let location = answer.values(of: "location").first, !location.isEmpty else { return nil }
        return URL(string: location, relativeTo: URL(string: url))?.absoluteString
    }

    /// The cookies that an answer sets, by name; a browser would send them along.
    static func cookies(of answer: AppAnswer) -> [String: String] {
        var cookies: [String: String] = [:]
        for line in answer.values(of: "set-cookie") {
            let pair = line.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard pair.count == 2 else { continue }
            cookies[pair[0].filter { !$0.isWhitespace }] = String(pair[1])
        }
        return cookies
    }
}
