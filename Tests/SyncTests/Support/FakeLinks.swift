import DataAPI

/// How `links` is written.
enum FakeLinks: CaseIterable {
    /// As in Welkin's sample: everything twice, `href` damaged.
    case documented
    /// Only sound `meta`.
    case meta
    /// Only sound `href`.
    case href
    /// Only `href`, which has lost its end and cuts the beginning to whole seconds.
    case damaged
    /// To another host, without `meta`.
    case foreign
    /// There is a next page, which nothing tells.
    case unclear
    /// No page has any.
    case absent

    /// Those that a Find can be followed by.
    static let sound: [FakeLinks] = [.documented, .meta, .href, .damaged]

    func text(of resource: String, current: PageRequest, next: PageRequest?) -> String {
        if self == .absent { return "null" }
        let own = #""current": \#(link(current, resource))"#
        guard let next else { return "{\(own)}" }
        switch self {
        case .unclear: return #"{\#(own), "next": {"meta": {"page[from]": "soon"}}}"#
        default: return #"{\#(own), "next": \#(link(next, resource))}"#
        }
    }

    private func link(_ page: PageRequest, _ resource: String) -> String {
        switch self {
        case .documented: #"{"href": "\#(href(page, resource, isDamaged: true))", "meta": \#(meta(page))}"#
        case .meta, .unclear: #"{"meta": \#(meta(page))}"#
        case .href: #"{"href": "\#(href(page, resource, isDamaged: false))"}"#
        case .damaged: #"{"href": "\#(href(page, resource, isDamaged: true))"}"#
        case .absent: ""
        case .foreign: #"{"href": "https://elsewhere.example/v1/patients?page[from]=2031-01-01T00:00:00Z"}"#
        }
    }

    private func meta(_ page: PageRequest) -> String {
        var members: [String] = []
        if let from = page.from { members.append(#""page[from]": "\#(from)""#) }
        if let to = page.to { members.append(#""page[to]": "\#(to)""#) }
        return "{\(members.joined(separator: ", "))}"
    }

    private func href(_ page: PageRequest, _ resource: String, isDamaged: Bool) -> String {
        let path = "https://api.welkinhealth.com/v1/\(resource)?"
        let escaped = { (instant: Instant) in instant.description.split(separator: "+")[0] + "%2B00:00" }
        if isDamaged {
            return path + "page[%5B]from]=" + (page.from.map { String($0.description.prefix(19)) } ?? "")
                + "&resource_name=\(resource)"
        }
        return path + (page.from.map { "page[from]=\(escaped($0))&" } ?? "")
            + (page.to.map { "page[to]=\(escaped($0))" } ?? "")
    }
}
