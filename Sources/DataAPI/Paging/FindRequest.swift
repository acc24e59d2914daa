/// One Find: a resource, its filters, and a page.
public struct FindRequest: Sendable, Hashable {
    /// The resource whose records are requested.
    public var resource: Resource
    /// The resource's own filters, without the window.
    public var filters: [Filter]
    /// The requested part.
    public var page: PageRequest
    /// Sends the filters in the body, so that identifying values stay out of URLs and of the logs
    /// that hold them. Only ``/Records/Resource/phoneNumbers`` offers it.
    public var byPost: Bool

    /// A request, which is checked against the catalogue when it is sent.
    public init(
        _ resource: Resource, filters: [Filter] = [], page: PageRequest = PageRequest(), byPost: Bool = false
    ) {
        self.resource = resource
        self.filters = filters
        self.page = page
        self.byPost = byPost
    }

    /// The same Find with another page.
    public func with(page: PageRequest) -> FindRequest {
        FindRequest(resource, filters: filters, page: page, byPost: byPost)
    }

    var operation: Operation.Kind { byPost ? .findByPost : .find }

    var path: String { resource.path(operation) }

    /// Filters and window as they are sent, in this order.
    var parameters: [Filter] {
        var parameters = filters
        if let from = page.from { parameters.append(Filter("page[from]", from.description)) }
        if let to = page.to { parameters.append(Filter("page[to]", to.description)) }
        if let size = page.size { parameters.append(Filter("page[size]", String(size))) }
        return parameters + page.further
    }
}

extension [Filter] {
    /// As a URL's query, without the question mark.
    var query: String {
        map { "\(PercentEncoding.encode($0.name))=\(PercentEncoding.encode($0.value))" }.joined(separator: "&")
    }

    /// Reads a URL's query.
    init(query: Substring) {
        self = query.split(separator: "&").map { pair in
            let name = pair.prefix { $0 != "=" }
            return Filter(PercentEncoding.decode(name), PercentEncoding.decode(pair.dropFirst(name.count + 1)))
        }
    }
}
