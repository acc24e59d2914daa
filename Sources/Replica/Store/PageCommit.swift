package import Records

/// The content of one page: its records and the stream's state after it. Either all of it is
/// committed, or nothing.
package struct PageCommit: Sendable {
    /// Determines the table and its columns.
    package let resource: Resource
    /// The stream whose page this is.
    package let stream: StreamID
    /// In the page's order; unreadable items go to quarantine.
    package let items: [PageItem]
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

    /// A page of the resource, and of one value of its filter if it needs one. Several pages that were read ahead
    /// may be committed as one.
    package init(
        resource: Resource, filter: Filter? = nil, items: [PageItem], receivedAt: Instant, next: StreamState,
        overrules: Bool = false, instants: [InstantMark] = [], forgetsUpTo: Int64? = nil
    ) {
        self.resource = resource
        self.stream = StreamID(resource: resource.name, filter: filter)
        self.items = items
        self.receivedAt = receivedAt
        self.next = next
        self.overrules = overrules
        self.instants = instants
        self.forgetsUpTo = forgetsUpTo
    }
}
