public import DataAPI

/// An instant of which more records may be in Welkin than are here, since more carry it than a page holds.
public struct UnfinishedInstant: Hashable, Sendable {
    /// Which one.
    public let instant: Instant
    /// Where the search for its records goes on; nil where it begins. The store keeps it without looking
    /// into it.
    public let place: String?

    /// One whose search begins, where nothing else is said.
    public init(_ instant: Instant, place: String? = nil) {
        self.instant = instant
        self.place = place
    }
}

/// What becomes of an instant with a commit.
public enum InstantMark: Hashable, Sendable {
    /// It was met. Where it is known already, its place stays.
    case found(Instant)
    /// Its search goes on from there.
    case searched(UnfinishedInstant)
    /// All of its records are in.
    case finished(Instant)
}
