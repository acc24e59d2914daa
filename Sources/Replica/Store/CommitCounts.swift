/// The results of committing records. Every received record is counted once.
package struct CommitCounts: Hashable, Sendable {
    /// New here.
    package var inserted = 0
    /// Newer than the version here, or equally new but different, or back after a deletion.
    package var updated = 0
    /// The same bytes as here; nothing was written.
    package var unchanged = 0
    /// Older than the version here, or asked for before the record was found to be deleted; nothing was written.
    package var older = 0
    /// Unreadable or without an id; quarantined as they are.
    package var quarantined = 0

    /// Zero by default.
    package init(inserted: Int = 0, updated: Int = 0, unchanged: Int = 0, older: Int = 0, quarantined: Int = 0) {
        self.inserted = inserted
        self.updated = updated
        self.unchanged = unchanged
        self.older = older
        self.quarantined = quarantined
    }

    /// The sum of all counts.
    package var received: Int { inserted + updated + unchanged + older + quarantined }

    /// The sum, field by field.
    package static func + (one: CommitCounts, other: CommitCounts) -> CommitCounts {
        var sum = one
        sum += other
        return sum
    }

    /// Adds up, field by field.
    package static func += (sum: inout CommitCounts, other: CommitCounts) {
        sum.inserted += other.inserted
        sum.updated += other.updated
        sum.unchanged += other.unchanged
        sum.older += other.older
        sum.quarantined += other.quarantined
    }
}
