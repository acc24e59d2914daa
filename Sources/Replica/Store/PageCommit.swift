package import Records

/// What one page brings: its records and what is then true of its stream. All of it is committed,
/// or nothing.
package struct PageCommit: Sendable {
    /// Tells the table and its columns.
    package let resource: Resource
    /// The stream whose page this is.
    package let stream: StreamID
    /// In the page's order; what could not be read goes to quarantine.
    package let items: [PageItem]
    /// When the answer came.
    package let receivedAt: Instant
    /// After an inner page the place to go on from; after a window's last page no window and no
    /// place, and the cursor moved.
    package let next: StreamState
    /// Whether Welkin is right, whatever is here: an older version replaces a newer one.
    package let overrules: Bool
    /// What becomes of instants of which more may be in Welkin than pages hold.
    package let instants: [InstantMark]
    /// What was quarantined of this stream up to this number is forgotten: the walk has met all that is there,
    /// and what it met again has a higher number.
    package let forgetsUpTo: Int64?

    /// A page of the resource, and of one value of its filter where it needs one. Several pages that were read
    /// ahead may be committed as one.
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
