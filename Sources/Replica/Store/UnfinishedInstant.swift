package import Records

/// An instant of which Welkin may have more records than are here, because more share it than a page holds.
package struct UnfinishedInstant: Hashable, Sendable {
    /// The instant.
    package let instant: Instant
    /// Where the search for its records continues; nil for its beginning. The store does not interpret it.
    package let place: String?

    /// An instant whose search has not begun, by default.
    package init(_ instant: Instant, place: String? = nil) {
        self.instant = instant
        self.place = place
    }
}

/// The change of an instant with a commit.
package enum InstantMark: Hashable, Sendable {
    /// It was met. If it is already known, its place stays.
    case found(Instant)
    /// Its search continues from this place.
    case searched(UnfinishedInstant)
    /// All of its records are here.
    case finished(Instant)
}
