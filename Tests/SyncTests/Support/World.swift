import Identifiers
import TestSupport
import DataAPI
import Replica
import Sync
import Synchronization

/// A fake Welkin, a real replica in a folder of its own, and a clock.
final class World: Sendable {
    let welkin: FakeWelkin
    let replica: SQLiteReplica
    /// Welkin's.
    let clock: TestClock
    /// How far ours is ahead of it.
    private let skew = Mutex(Duration.zero)
    let stream: SyncStream
    private let folder: TemporaryFolder
    private let told = Mutex<[SyncEvent]>([])

    init(_ resource: Resource = .patients, filter: Filter? = nil) throws {
        welkin = FakeWelkin(resource)
        let clock = TestClock()
        self.clock = clock
        welkin.change { $0.now = { clock.now } }
        stream = SyncStream(resource, filter: filter)
        folder = try TemporaryFolder()
        replica = try SQLiteReplica(path: folder.path + "/replica.sqlite", provider: ProviderID("clinic")!)
    }

    /// The replica's file.
    var path: String { folder.path + "/replica.sqlite" }

    /// How far our clock is ahead of Welkin's.
    var ahead: Duration {
        get { skew.withLock { $0 } }
        set { skew.withLock { $0 = newValue } }
    }

    var events: [SyncEvent] { told.withLock { $0 } }

    func engine(
        _ settings: SyncSettings = World.settings, store: (any ReplicaStore)? = nil
    ) -> SyncEngine {
        SyncEngine(
            source: welkin, store: store ?? replica, settings: settings, now: { self.clock.now + self.ahead },
            onEvent: { event in self.told.withLock { $0.append(event) } })
    }

    /// Small pages, so that there are many.
    static let settings = SyncSettings(
        overlap: .seconds(60), settle: .seconds(5), pageSize: 4, maximumPageSize: 64)

    func pull(_ settings: SyncSettings = World.settings, from start: PullStart = .cursor) async -> PullResult {
        await engine(settings).pull([stream], from: start)[0]
    }

    func verify(_ repair: Repair? = nil) async -> VerifyResult {
        await engine().verify([stream], repair: repair, fingerprint: { "#\($0.count)" })[0]
    }

    /// The live rows of the replica.
    func rows() async throws -> [String: String] {
        var rows: [String: String] = [:]
        for try await row in replica.allRows(of: stream.resource.name) {
            rows[row.id] = String(decoding: row.bytes, as: UTF8.self)
        }
        return rows
    }

    /// What they should be.
    var expected: [String: String] { welkin.records.mapValues(\.bytes) }

    func state() async throws -> StreamState { try await replica.state(of: stream.id) }

    /// The stream's figures in the replica.
    func status() async throws -> StreamStatus? {
        try await replica.status().first { $0.stream == stream.id }
    }

    /// Puts patients into the replica, as if their stream had been pulled up to now.
    func knowPatients(_ ids: [String]) async throws {
        let items = ids.compactMap { id in
            Record(parsing: Array(#"{"id": "\#(id)", "updated_at": "2026-01-01T00:00:00Z"}"#.utf8)).map {
                PageItem($0)
            }
        }
        _ = try await replica.commit(
            PageCommit(
                resource: .patients, items: items, receivedAt: clock.now, next: StreamState(cursor: clock.now)))
    }

    /// Puts the stream to where an earlier run left it.
    func leave(_ state: StreamState) async throws {
        _ = try await replica.commit(
            PageCommit(
                resource: stream.resource, filter: stream.filter, items: [], receivedAt: clock.now, next: state))
    }
}

extension Outcome {
    /// The failure's code; nil unless it failed.
    var code: String? {
        if case .failed(let failure) = self { failure.code } else { nil }
    }
}
