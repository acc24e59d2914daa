package import Records

/// A local copy of one provider's records.
///
/// Every implementation has the same tables with the same columns, and passes the same contract
/// tests. Each call is one transaction; a cancelled task does not interrupt it.
package protocol ReplicaStore: Sendable {
    // Pull

    /// How far this stream has been pulled.
    func state(of stream: StreamID) async throws(ReplicaError) -> StreamState

    /// The instants of which Welkin may have more records than are here; the one whose search has waited longest
    /// comes first.
    func unfinishedInstants(of stream: StreamID) async throws(ReplicaError) -> [UnfinishedInstant]

    /// The number of the last quarantined record; 0 if nothing ever was quarantined.
    func lastQuarantined() async throws(ReplicaError) -> Int64

    /// Commits a page. The record with the later cursor wins and, of two equal ones, the one that came last;
    /// with ``PageCommit/overrules`` the last one always wins. Identical bytes are not written again; a record
    /// that was marked as deleted and comes again, however old, is live again, unless it was asked for before it was
    /// found to be deleted (``AskedItems/askedAt``); a quarantined record leaves the
    /// quarantine when it comes as a valid record. Creates the table, or adds columns, as needed.
    func commit(_ page: PageCommit) async throws(ReplicaError) -> CommitCounts

    /// Puts in records that were got by their ids, outside of any stream: the record with the later cursor wins and, of
    /// two equal ones, the one that came last. Creates the table if there is none. What no table can hold is counted
    /// as quarantined and ignored: a pull brings it again.
    ///
    /// - Parameters:
    ///   - askedAt: when the records were asked for. One that was found to be deleted since then stays deleted.
    ///   - receivedAt: when the answer arrived.
    func put(
        _ items: [PageItem], of resource: Resource, askedAt: Instant, receivedAt: Instant
    ) async throws(ReplicaError) -> CommitCounts

    /// Records how a stream's run ended. Ignores a failure of a resource that no catalogue has and that never
    /// brought anything, because its name may be mistyped.
    func recordRun(_ outcome: RunOutcome, of stream: StreamID) async throws(ReplicaError)

    // Reading

    /// Every stream that was ever pulled, or tried if its resource is in the catalogue, by name.
    func status() async throws(ReplicaError) -> [StreamStatus]

    /// The columns of a resource's table; empty if there is no table.
    func columns(of resource: String) async throws(ReplicaError) -> [Column]

    /// A record, even one that is marked as deleted.
    func record(_ id: String, of resource: String) async throws(ReplicaError) -> StoredRecord?

    /// The next live records after an id, in id order; fewer than `limit` at the end.
    func rows(
        of resource: String, columns: [String], after id: String?, limit: Int
    ) async throws(ReplicaError) -> [StoredRow]

    /// Like ``rows(of:columns:after:limit:)``, but only the versions of a stream.
    func versions(
        of stream: StreamID, after id: String?, limit: Int
    ) async throws(ReplicaError) -> [StoredVersion]

    /// The ids of a resource's records after a given id, in order, including records that are marked as deleted;
    /// fewer than `limit` at the end.
    ///
    /// - Parameter cursorBefore: only those whose version is older than this, or has no date.
    func ids(
        of resource: String, after id: String?, cursorBefore: Instant?, limit: Int
    ) async throws(ReplicaError) -> [String]

    /// The distinct texts of a column after a given one, in order; fewer than `limit` at the end.
    func values(
        of column: String, in resource: String, after value: String?, limit: Int
    ) async throws(ReplicaError) -> [String]

    /// Whether some live record of a resource lacks, in this column, the id of a record of `other` that is here.
    func lacks(_ column: String, of other: String, in resource: String) async throws(ReplicaError) -> Bool

    /// The quarantined records, oldest first; of every stream if none is named.
    func quarantined(
        of stream: StreamID?, after number: Int64?, limit: Int
    ) async throws(ReplicaError) -> [QuarantinedRecord]

    // Verify

    /// Marks records as deleted; returns how many were live.
    @discardableResult
    func markDeleted(_ ids: [String], of resource: String, at instant: Instant) async throws(ReplicaError) -> Int

    /// Begins to compare a stream with Welkin. Only one comparison runs at a time: an earlier one's
    /// notes are dropped.
    func beginComparison(of stream: StreamID) async throws(ReplicaError)

    /// Compares records of Welkin with those here, and notes that Welkin has them.
    func compare(_ items: [PageItem]) async throws(ReplicaError) -> [Difference]

    /// The next of the stream's live records that were in no ``compare(_:)``, in id order.
    func unseen(after id: String?, limit: Int) async throws(ReplicaError) -> [StoredVersion]

    /// Drops the comparison's notes.
    func endComparison() async throws(ReplicaError)

    /// Closes the store; no call may follow.
    func close() async throws(ReplicaError)
}
