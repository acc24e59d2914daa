package import Records

/// An instant of which more records may be in Welkin than are here, since more carry it than a page holds.
package struct UnfinishedInstant: Hashable, Sendable {
    /// Which one.
    package let instant: Instant
    /// Where the search for its records goes on; nil where it begins. The store keeps it without looking
    /// into it.
    package let place: String?

    /// One whose search begins, where nothing else is said.
    package init(_ instant: Instant, place: String? = nil) {
        self.instant = instant
        self.place = place
    }
}

/// What becomes of an instant with a commit.
package enum InstantMark: Hashable, Sendable {
    /// It was met. Where it is known already, its place stays.
    case found(Instant)
    /// Its search goes on from there.
    case searched(UnfinishedInstant)
    /// All of its records are in.
    case finished(Instant)
}
