/// How the Data API behaves where its documentation leaves room; all of it can be changed while it runs.
package struct APISettings: Sendable, Equatable, Codable {
    /// What `next` says about the place to go on from. The documentation does not.
    package enum Paging: String, Sendable, Codable, CaseIterable {
        /// `page[from]` is the instant of the page's last record. Since it is inclusive, that record comes
        /// again, with all others of its instant; where one instant fills a page, `next` never advances.
        case instant
        /// `page[from]` is the instant of the first record that is still to come. Records come again only
        /// where an instant's records spread over two pages; an instant that fills a page is no less stuck.
        case following
        /// As ``instant``, with an opaque `page[after]` beside: every record comes exactly once, as long as
        /// that is sent back.
        case keyset
    }

    /// How `links` is written.
    package enum Links: String, Sendable, Codable, CaseIterable {
        /// As in the documented sample: `current`, `next`, `href` and `meta`, and a `next` whose `href` has
        /// lost its `page[to]`, cuts `page[from]` to whole seconds under a garbled key, and has a stray
        /// `resource_name`.
        case documented
        /// All of that, with a right `href`; on the last page `next` is null.
        case sound
        /// Only `current` and `next`, each with `href` and `meta`.
        case nested
        /// Only `href`, right.
        case href
        /// Only `meta`.
        case meta
        /// None at all, however much there is.
        case none
    }

    package var paging = Paging.instant
    package var links = Links.documented
    /// The records of a page when `page[size]` is not given, and at most.
    package var pageSize = 50
    package var maximumPageSize = 1000
    /// Seconds that an access token lives.
    package var tokenLifetime = 3600
    /// Records of a resource that change after each page of it.
    package var churn = 0
    /// Whether answers have a `Date`.
    package var date = true

    package init() {}

    private enum CodingKeys: String, CodingKey {
        case paging, links, churn, date
        case pageSize = "page_size"
        case maximumPageSize = "maximum_page_size"
        case tokenLifetime = "token_lifetime"
    }

    /// Whether every number makes sense.
    package var isSound: Bool {
        pageSize > 0 && maximumPageSize >= pageSize && tokenLifetime >= 0 && churn >= 0
    }
}
