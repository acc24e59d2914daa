package import Records

/// The content of one page: its records and the stream's state after it. Either all of it is
/// committed, or nothing.
package struct PageCommit: Sendable {
    /// Determines the table and its columns.
    package let resource: Resource
    /// The stream whose page this is.
    package let stream: StreamID
    /// In order; unreadable items go to quarantine.
    package let parts: [AskedItems]
    /// When the answer arrived.
    package let receivedAt: Instant
    /// After an inner page, the place to continue from; after a window's last page, the moved cursor
    /// without window and place.
    package let next: StreamState
    /// Whether Welkin's version wins, whatever is here: an older version replaces a newer one.
    package let overrules: Bool
    /// Changes to the instants of which Welkin may have more records than pages hold.
    package let instants: [InstantMark]
    /// Drops the stream's quarantined records up to this number: the walk has met everything that Welkin has,
    /// and what it met again has a higher number.
    package let forgetsUpTo: Int64?

    /// All items, in order.
    package var items: [PageItem] { parts.flatMap(\.items) }

    /// A page of the resource, and of one value of its filter if it needs one.
    package init(
        resource: Resource, filter: Filter? = nil, items: [PageItem], askedAt: Instant? = nil, receivedAt: Instant,
        next: StreamState, overrules: Bool = false, instants: [InstantMark] = [], forgetsUpTo: Int64? = nil
    ) {
        self.init(
            resource: resource, filter: filter, parts: [AskedItems(items, askedAt: askedAt)], receivedAt: receivedAt,
            next: next, overrules: overrules, instants: instants, forgetsUpTo: forgetsUpTo)
    }

    /// Several pages that were read ahead, committed as one.
    package init(
        resource: Resource, filter: Filter? = nil, parts: [AskedItems], receivedAt: Instant, next: StreamState,
        overrules: Bool = false, instants: [InstantMark] = [], forgetsUpTo: Int64? = nil
    ) {
        self.resource = resource
        self.stream = StreamID(resource: resource.name, filter: filter)
        self.parts = parts
        self.receivedAt = receivedAt
        self.next = next
        self.overrules = overrules
        self.instants = instants
        self.forgetsUpTo = forgetsUpTo
    }
}

/// What one request brought.
package struct AskedItems: Sendable {
    /// In the answer's order.
    package let items: [PageItem]
    /// When it was asked for, by the clock that also says when a record was found to be deleted; nil if that is not
    /// known. A record that was found to be deleted since then stays deleted: the answer is older than the finding.
    package let askedAt: Instant?

    /// The items of one answer.
    package init(_ items: [PageItem], askedAt: Instant?) {
        self.items = items
        self.askedAt = askedAt
    }
}
