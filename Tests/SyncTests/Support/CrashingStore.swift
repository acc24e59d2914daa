import DataAPI
import Replica
import Synchronization

/// A store whose process dies around a commit: before it, or after it, unseen by the engine.
/// Everything else goes to the real one.
final class CrashingStore: ReplicaStore {
    struct Crash: Error {}

    enum Point { case before, after }

    private let store: any ReplicaStore
    private let commits = Mutex(0)
    private let crash: @Sendable (Int) -> Point?
    private let before: @Sendable (PageCommit) async -> Void

    /// - Parameters:
    ///   - before: happens before each commit, that is, as long as it takes.
    ///   - crash: asked with the commit's number, from 1.
    init(
        _ store: any ReplicaStore, before: @escaping @Sendable (PageCommit) async -> Void = { _ in },
        crash: @escaping @Sendable (Int) -> Point? = { _ in nil }
    ) {
        self.before = before
        self.store = store
        self.crash = crash
    }

    private static let dead = ReplicaError.database(code: 9, message: "interrupted")

    func commit(_ page: PageCommit) async throws(ReplicaError) -> CommitCounts {
        let number = commits.withLock { commits in
            commits += 1
            return commits
        }
        await before(page)
        let point = crash(number)
        if point == .before { throw Self.dead }
        let counts = try await store.commit(page)
        if point == .after { throw Self.dead }
        return counts
    }

    func put(
        _ items: [PageItem], of resource: Resource, askedAt: Instant, receivedAt: Instant
    ) async throws(ReplicaError) -> CommitCounts {
        try await store.put(items, of: resource, askedAt: askedAt, receivedAt: receivedAt)
    }

    /// A process that died notes nothing.
    func recordRun(_ outcome: RunOutcome, of stream: StreamID) async throws(ReplicaError) {}

    func state(of stream: StreamID) async throws(ReplicaError) -> StreamState { try await store.state(of: stream) }
    func unfinishedInstants(of stream: StreamID) async throws(ReplicaError) -> [UnfinishedInstant] {
        try await store.unfinishedInstants(of: stream)
    }
    func lastQuarantined() async throws(ReplicaError) -> Int64 { try await store.lastQuarantined() }
    func ids(
        of resource: String, after id: String?, cursorBefore: Instant?, limit: Int
    ) async throws(ReplicaError) -> [String] {
        try await store.ids(of: resource, after: id, cursorBefore: cursorBefore, limit: limit)
    }
    func values(
        of column: String, in resource: String, after value: String?, limit: Int
    ) async throws(ReplicaError) -> [String] {
        try await store.values(of: column, in: resource, after: value, limit: limit)
    }
    func lacks(_ column: String, of other: String, in resource: String) async throws(ReplicaError) -> Bool {
        try await store.lacks(column, of: other, in: resource)
    }
    func status() async throws(ReplicaError) -> [StreamStatus] { try await store.status() }
    func columns(of resource: String) async throws(ReplicaError) -> [Column] { try await store.columns(of: resource) }
    func record(_ id: String, of resource: String) async throws(ReplicaError) -> StoredRecord? {
        try await store.record(id, of: resource)
    }
    func rows(
        of resource: String, columns: [String], after id: String?, limit: Int
    ) async throws(ReplicaError) -> [StoredRow] {
        try await store.rows(of: resource, columns: columns, after: id, limit: limit)
    }
    func versions(
        of stream: StreamID, after id: String?, limit: Int
    ) async throws(ReplicaError) -> [StoredVersion] {
        try await store.versions(of: stream, after: id, limit: limit)
    }
    func quarantined(
        of stream: StreamID?, after number: Int64?, limit: Int
    ) async throws(ReplicaError) -> [QuarantinedRecord] {
        try await store.quarantined(of: stream, after: number, limit: limit)
    }
    func markDeleted(_ ids: [String], of resource: String, at instant: Instant) async throws(ReplicaError) -> Int {
        try await store.markDeleted(ids, of: resource, at: instant)
    }
    func beginComparison(of stream: StreamID) async throws(ReplicaError) { try await store.beginComparison(of: stream) }
    func compare(_ items: [PageItem]) async throws(ReplicaError) -> [Difference] { try await store.compare(items) }
    func unseen(after id: String?, limit: Int) async throws(ReplicaError) -> [StoredVersion] {
        try await store.unseen(after: id, limit: limit)
    }
    func endComparison() async throws(ReplicaError) { try await store.endComparison() }
    func close() async throws(ReplicaError) { try await store.close() }
}
