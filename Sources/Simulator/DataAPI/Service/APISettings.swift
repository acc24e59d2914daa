/// The Data API's behaviour where its documentation is silent; all settings can be changed while it runs.
package struct APISettings: Sendable, Equatable, Codable {
    /// How `next` tells where to continue. The documentation does not say.
    package enum Paging: String, Sendable, Codable, CaseIterable {
        /// `page[from]` is the instant of the page's last record. Because it is inclusive, that record repeats,
        /// with all others of its instant; if one instant fills a page, `next` never advances.
        case instant
        /// `page[from]` is the instant of the next record. Records repeat only if an instant's records spread
        /// over two pages; an instant that fills a page is still a dead end.
        case following
        /// As ``instant``, plus an opaque `page[after]`: if the client sends that back, no record repeats.
        case keyset
    }

    /// The form of `links`.
    package enum Links: String, Sendable, Codable, CaseIterable {
        /// As in the documented sample: `current`, `next`, `href` and `meta`, with a `next` whose `href` lacks
        /// `page[to]`, truncates `page[from]` to whole seconds under a garbled key, and has a stray
        /// `resource_name`.
        case documented
        /// The same with a correct `href`; on the last page `next` is null.
        case sound
        /// Only `current` and `next`, each with `href` and `meta`.
        case nested
        /// Only a correct `href`.
        case href
        /// Only `meta`.
        case meta
        /// Never any links, even if more pages follow.
        case none
    }

    package var paging = Paging.instant
    package var links = Links.documented
    /// Records per page: the default without `page[size]`, and the maximum.
    package var pageSize = 50
    package var maximumPageSize = 1000
    /// Lifetime of an access token, in seconds.
    package var tokenLifetime = 3600
    /// Records of a resource that change after each of its pages.
    package var churn = 0
    /// Whether answers carry a `Date`.
    package var date = true

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case paging, links, churn, date
        case pageSize = "page_size"
        case maximumPageSize = "maximum_page_size"
        case tokenLifetime = "token_lifetime"
    }

    /// Whether every number is in range.
    package var isSound: Bool {
        pageSize > 0 && maximumPageSize >= pageSize && tokenLifetime >= 0 && churn >= 0
    }
}
