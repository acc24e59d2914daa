/// What became of records. Every record that was received is counted once.
public struct CommitCounts: Hashable, Sendable {
    /// New here.
    public var inserted = 0
    /// Newer than what was here, or as new and different, or back after a deletion.
    public var updated = 0
    /// The same bytes as here; nothing was written.
    public var unchanged = 0
    /// Older than what is here; nothing was written.
    public var older = 0
    /// Not readable, or without an id; kept aside as they are.
    public var quarantined = 0

    /// Nothing, where nothing else is said.
    public init(inserted: Int = 0, updated: Int = 0, unchanged: Int = 0, older: Int = 0, quarantined: Int = 0) {
        self.inserted = inserted
        self.updated = updated
        self.unchanged = unchanged
        self.older = older
        self.quarantined = quarantined
    }

    /// All of them together.
    public var received: Int { inserted + updated + unchanged + older + quarantined }

    /// The sum, field by field.
    public static func + (one: CommitCounts, other: CommitCounts) -> CommitCounts {
        var sum = one
        sum += other
        return sum
    }

    /// Adds up, field by field.
    public static func += (sum: inout CommitCounts, other: CommitCounts) {
        sum.inserted += other.inserted
        sum.updated += other.updated
        sum.unchanged += other.unchanged
        sum.older += other.older
        sum.quarantined += other.quarantined
    }
}
