import Platform
import StrictJSON

/// Finds the next page in an answer's `links`.
///
/// Welkin's sample has each link three times: as `links.next` with `href` and `meta`, and again
/// under `links.meta` and `links.href`; the `href` is damaged, the `meta` is intact. So all places
/// are read, the `meta` first, and the first with a valid beginning or end is used. Only the window
/// is taken from it; resource and filters stay those of the request.
struct LinkReader {
    let request: FindRequest
    let origin: Origin
    private(set) var problems: [LinkProblem] = []
    /// Whether any place names a next page, validly or not.
    private var hasNext = false
    /// Whether there are any links, of whatever shape.
    private(set) var isLinked = false

    init(request: FindRequest, origin: Origin) {
        self.request = request
        self.origin = origin
    }

    mutating func read(_ links: JSONValue?) -> Page.Continuation {
        guard let links, !links.isNull else { return .end }
        isLinked = links.kind != .object || links.members.contains { !$0.value.isNull }
        guard links.kind == .object else {
            note(.unknownShape)
            return .unclear
        }
        let next = links["next"]
        let (metas, hrefs) = (links["meta"], links["href"])
        for container in [metas, hrefs] where container.map({ $0.kind != .object && !$0.isNull }) ?? false {
            note(.unknownShape)
        }
        if isForOtherWindow(links) { note(.otherWindow) }
        if let page = meta(next?["meta"]) { return .next(page) }
        if let page = meta(metas?["next"]) { return .next(page) }
        if let page = href(next?["href"]) { return .next(page) }
        if let next, next.kind != .object, let page = href(next) { return .next(page) }
        if let page = href(hrefs?["next"]) { return .next(page) }
        return hasNext ? .unclear : .end
    }

    /// Whether `current`, if valid, is a different window than the requested one. Differences within
    /// one second do not count, because links are known to be cut to whole seconds.
    private func isForOtherWindow(_ links: JSONValue) -> Bool {
        let (current, metas, hrefs) = (links["current"], links["meta"], links["href"])
        let windows = [
            current?["meta"].map(Self.window(in:)), metas?["current"].map(Self.window(in:)),
            (current?["href"] ?? current)?.string.map(window(ofQueryIn:)),
            hrefs?["current"]?.string.map(window(ofQueryIn:)),
        ]
        guard let window = windows.lazy.compactMap({ $0 }).first(where: { $0.from != nil || $0.to != nil }) else {
            return false
        }
        func differs(_ one: Instant?, _ other: Instant?) -> Bool {
            guard let one, let other else { return false }
            return one - other >= .seconds(1) || other - one >= .seconds(1)
        }
        return differs(window.from, request.page.from) || differs(window.to, request.page.to)
    }

    private static func window(in meta: JSONValue) -> LinkWindow {
        var window = LinkWindow()
        for (key, value) in meta.members where !value.isNull {
            window.take(key: key.string ?? "", value: FieldValue(value).text ?? "")
        }
        return window
    }

    private func window(ofQueryIn url: String) -> LinkWindow {
        guard let (_, query) = local(url) else { return LinkWindow() }
        return window(of: query)
    }

    private func window(of query: Substring) -> LinkWindow {
        var window = LinkWindow()
        for pair in [Filter](query: query) where !request.filters.contains(where: { $0.name == pair.name }) {
            window.take(key: pair.name, value: pair.value)
        }
        return window
    }

    /// A window from an object of page parameters.
    private mutating func meta(_ value: JSONValue?) -> PageRequest? {
        guard let value, !value.isNull else { return nil }
        guard value.kind == .object else {
            hasNext = true
            note(.unknownShape)
            return nil
        }
        if value.members.contains(where: { !$0.value.isNull }) { hasNext = true }
        return page(Self.window(in: value))
    }

    /// A window from the query of a URL.
    private mutating func href(_ value: JSONValue?) -> PageRequest? {
        guard let value, !value.isNull else { return nil }
        guard let url = value.string else {
            hasNext = true
            note(.unknownShape)
            return nil
        }
        guard !url.isEmpty else { return nil }
        hasNext = true
        guard let (path, query) = local(url) else {
            note(.foreignOrigin)
            return nil
        }
        guard path == request.path || path == request.resource.path else {
            note(.otherPath)
            return nil
        }
        let window = window(of: query)
        if window.to == nil, request.page.to != nil { note(.lostEnd) }
        return page(window)
    }

    /// Path and query of a URL at the origin; nil for any other.
    private func local(_ url: String) -> (path: Substring, query: Substring)? {
        var rest = url[...]
        if let (origin, path) = Origin.parse(rest) {
            guard origin == self.origin else { return nil }
            rest = path
        } else {
            // Two slashes, or a slash and a backslash, begin another host's address.
            guard rest.hasPrefix("/"), !rest.hasPrefix("//"), !rest.hasPrefix("/\\") else { return nil }
        }
        rest = rest.prefix { $0 != "#" }
        let path = rest.prefix { $0 != "?" }
        return (path, rest.dropFirst(path.count + 1))
    }

    /// The request's window, narrowed to the link's; nil if the link has nothing valid.
    private mutating func page(_ window: LinkWindow) -> PageRequest? {
        window.problems.forEach { note($0) }
        guard window.from != nil || window.to != nil || !window.further.isEmpty else { return nil }
        var page = request.page
        page.further = window.further
        if let from = window.from {
            if let bound = page.from, from < bound, bound - from >= .seconds(1) { note(.leavesWindow) }
            page.from = max(from, page.from ?? from)
        }
        if let to = window.to {
            if let bound = page.to, to > bound, to - bound >= .seconds(1) { note(.leavesWindow) }
            page.to = min(to, page.to ?? to)
        }
        page.size = page.size ?? window.size
        return page
    }

    private mutating func note(_ problem: LinkProblem) {
        if !problems.contains(problem) { problems.append(problem) }
    }
}

/// The content of one link.
private struct LinkWindow {
    var from: Instant?
    var to: Instant?
    var size: Int?
    var further: [Filter] = []
    var problems: [LinkProblem] = []

    mutating func take(key: String, value: String) {
        // Whatever happened to the brackets, the letters remain.
        let letters = key.filter { $0.isASCII && $0.isLetter }
        switch letters {
        case "pagefrom", "pageto":
            guard let instant = Instant(value) else { return problems.append(.badValue) }
            if letters == "pagefrom" {
                from = instant
            } else {
                // An end that was cut to whole seconds would exclude the rest of its second.
                let isCut = instant.microseconds % 1_000_000 == 0
                to = isCut ? instant + .microseconds(999_999) : instant
            }
        case "pagesize":
            guard let size = Int(value), size > 0 else { return problems.append(.badValue) }
            self.size = size
        default:
            guard isPageKey(key, letters) else { return problems.append(.strayParameter) }
            further.append(Filter(key, value))
        }
        if !isPageKey(key, letters) { problems.append(.garbledKey) }
    }

    private func isPageKey(_ key: String, _ letters: String) -> Bool {
        letters.hasPrefix("page") && key == "page[\(letters.dropFirst(4))]"
    }
}
