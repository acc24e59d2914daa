package import Records

/// A local copy of one provider's records.
///
/// Every implementation has the same tables with the same columns, and passes the same contract
/// tests. Each call is one transaction; a cancelled task does not interrupt it.
package protocol ReplicaStore: Sendable {
    // Pull

    /// How far this stream has been pulled.
    func state(of stream: StreamID) async throws(ReplicaError) -> StreamState

    /// The instants of which more records may be in Welkin than are here: the one whose search waits longest
    /// first.
    func unfinishedInstants(of stream: StreamID) async throws(ReplicaError) -> [UnfinishedInstant]

    /// The number of the last thing that was quarantined; 0 where nothing ever was.
    func lastQuarantined() async throws(ReplicaError) -> Int64

    /// Takes in a page. The newer record wins, by its cursor, and of two as new the one that came last;
    /// with ``PageCommit/overrules`` it does anyway. Identical bytes are not written again; a record that was
    /// marked as deleted and comes again, however old, is alive again; what was quarantined and now is a record
    /// is no longer quarantined. A table is made, or gets new columns, where needed.
    func commit(_ page: PageCommit) async throws(ReplicaError) -> CommitCounts

    /// Notes how a stream's run ended. A failure of a resource that no catalogue has and that never brought
    /// anything is not noted: it may be a mistyped name.
    func recordRun(_ outcome: RunOutcome, of stream: StreamID) async throws(ReplicaError)

    // Reading

    /// Every stream that was ever pulled, or tried where its resource is in the catalogue, by name.
    func status() async throws(ReplicaError) -> [StreamStatus]

    /// The columns of a resource's table; empty when there is no table.
    func columns(of resource: String) async throws(ReplicaError) -> [Column]

    /// A record, even one that is marked as deleted.
    func record(_ id: String, of resource: String) async throws(ReplicaError) -> StoredRecord?

    /// The next live records after an id, in the order of ids; fewer than `limit` at the end.
    func rows(
        of resource: String, columns: [String], after id: String?, limit: Int
    ) async throws(ReplicaError) -> [StoredRow]

    /// Like ``rows(of:columns:after:limit:)`` for a stream's versions alone.
    func versions(
        of stream: StreamID, after id: String?, limit: Int
    ) async throws(ReplicaError) -> [StoredVersion]

    /// The ids of a resource's records after one, in their order, also of those that are marked as deleted;
    /// fewer than `limit` at the end.
    ///
    /// - Parameter cursorBefore: only those whose version is older than this, or has no date.
    func ids(
        of resource: String, after id: String?, cursorBefore: Instant?, limit: Int
    ) async throws(ReplicaError) -> [String]

    /// The different texts of a column after one, in their order; fewer than `limit` at the end.
    func values(
        of column: String, in resource: String, after value: String?, limit: Int
    ) async throws(ReplicaError) -> [String]

    /// Whether a live record of a resource has in this column no id of a record of another one that is here.
    func lacks(_ column: String, of other: String, in resource: String) async throws(ReplicaError) -> Bool

    /// What was quarantined, oldest first; of every stream when none is named.
    func quarantined(
        of stream: StreamID?, after number: Int64?, limit: Int
    ) async throws(ReplicaError) -> [QuarantinedRecord]

    // Verify

    /// Marks records as deleted; returns how many were alive.
    @discardableResult
    func markDeleted(_ ids: [String], of resource: String, at instant: Instant) async throws(ReplicaError) -> Int

    /// Begins to compare a stream with what Welkin has. One comparison at a time: what an earlier
    /// one noted is forgotten.
    func beginComparison(of stream: StreamID) async throws(ReplicaError)

    /// Compares records that Welkin has, and notes that it has them.
    func compare(_ items: [PageItem]) async throws(ReplicaError) -> [Difference]

    /// The next of the stream's live records that no ``compare(_:)`` was given, in the order of ids.
    func unseen(after id: String?, limit: Int) async throws(ReplicaError) -> [StoredVersion]

    /// Forgets what the comparison noted.
    func endComparison() async throws(ReplicaError)

    /// No call may follow.
    func close() async throws(ReplicaError)
}
