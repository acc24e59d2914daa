internal import DataAPI
internal import Replica

/// Compares one stream with Welkin: everything that Find lists, then what is here and was not
/// listed. Memory does not grow with the records.
struct StreamVerify {
    let stream: SyncStream
    let engine: SyncEngine
    let repair: Repair?
    let fingerprint: @Sendable (String) -> String

    private(set) var result: VerifyResult
    private var state = StreamState()
    private var bound = Instant(microseconds: 0)
    /// The ids of the last page's differences: at the edge of two pages, both have a record.
    private var told: Set<String> = []

    init(
        _ stream: SyncStream, _ engine: SyncEngine, _ repair: Repair?,
        _ fingerprint: @escaping @Sendable (String) -> String
    ) {
        self.stream = stream
        self.engine = engine
        self.repair = repair
        self.fingerprint = fingerprint
        result = VerifyResult(stream.id)
    }

    private var store: any ReplicaStore { engine.store }
    private var resource: Resource { stream.resource }

    /// What was compared is counted in the result, also when this throws.
    mutating func run() async throws {
        try engine.stop.check()
        state = try await store.state(of: stream.id)
        guard let cursor = state.cursor else { throw StreamFailure.neverPulled }
        bound = cursor
        try await store.beginComparison(of: stream.id)
        let walk = PageWalk(engine.settings)
        let walker = PageWalker(
            source: engine.source, stream: stream, walk: walk, stop: engine.stop, readAhead: engine.settings.readAhead)
        let first = walk.first(StreamWindow(from: nil, to: bound))
        let window = PullWindow(
            window: StreamWindow(from: nil, to: bound), request: first, isResumed: false, cursor: bound)
        var (progress, count) = (WindowProgress(window), 0)
        engine.onEvent(.began(stream.id, window: window.window, isResumed: false))
        try await walker.run(from: first) { pages in
            for each in pages {
                try await compare(each.page)
                let (position, fraction) = progress.measure(each.page, each.step, of: resource)
                count += 1
                engine.onEvent(
                    .progress(
                        stream.id,
                        Progress(
                            counts: CommitCounts(unchanged: result.compared), pages: count, position: position,
                            fraction: fraction)))
            }
        }
        try await compareUnlisted()
    }

    private mutating func compare(_ page: Page) async throws {
        let records = page.records
        result.compared += records.count
        result.unreadable += page.items.count - records.count
        let differences = try await store.compare(records)
        guard !differences.isEmpty else {
            told = []
            return
        }
        let byID = Dictionary(records.map { ($0.id ?? "", $0) }) { $1 }
        // What is younger than the last pull, the next one brings.
        let pulled = differences.filter { difference in
            byID[difference.id].map { ($0.cursor(of: resource) ?? bound) <= bound } ?? false
        }
        let new = pulled.filter { !told.contains($0.id) }
        told = Set(pulled.map(\.id))
        let (engine, stream) = (engine, stream)
        let confirmed = try await engine.secondLooks(at: new) { difference -> (Record, DriftKind)? in
            guard let found = byID[difference.id] else { return nil }
            let stored = try await engine.store.record(difference.id, of: stream.resource.name)
            let again = try await engine.source.record(stream.resource, id: difference.id)
            let drift = SecondLook.confirm(
                difference.kind, found: found, stored: stored.flatMap { Record(parsing: $0.bytes) }, again: again,
                of: stream.resource)
            return drift.map { (found, $0) }
        }
        for (record, drift) in confirmed { tell(drift, record.id ?? "") }
        try await write(confirmed.compactMap { $0.1 == .newer ? nil : $0.0 })
    }

    private mutating func compareUnlisted() async throws {
        var (last, extras): (String?, [String]) = (nil, [])
        let limit = try await deletionLimit()
        let (engine, stream, bound) = (engine, stream, bound)
        while true {
            try engine.stop.check()
            let batch = try await store.unseen(after: last, limit: Self.batchSize)
            let pulled = batch.filter { ($0.cursor ?? bound) <= bound }
            let confirmed = try await engine.secondLooks(at: pulled) { stored -> (String, DriftKind, Record?)? in
                let again = try await engine.source.record(stream.resource, id: stored.id)
                return SecondLook.confirm(unlisted: stored, again: again, until: bound, of: stream.resource).map {
                    (stored.id, $0, again)
                }
            }
            for (id, drift, _) in confirmed { tell(drift, id) }
            try await write(confirmed.compactMap { $0.1 == .stale ? $0.2 : nil })
            if !result.isBraked { extras += confirmed.filter { $0.1 == .extra }.map(\.0) }
            if extras.count > limit { (result.isBraked, extras) = (true, []) }
            guard batch.count == Self.batchSize else { break }
            last = batch.last?.id
        }
        guard repair != nil, !extras.isEmpty else { return }
        result.repaired += try await store.markDeleted(extras, of: resource.name, at: engine.now())
    }

    /// How many rows a batch of ``ReplicaStore/unseen(after:limit:)`` has.
    private static let batchSize = 500

    private func deletionLimit() async throws -> Int {
        guard let repair else { return .max }
        let rows = try await store.status().first { $0.stream == stream.id }?.rows ?? 0
        return repair.limit(rows: rows)
    }

    private mutating func tell(_ drift: DriftKind, _ id: String) {
        result.drift[drift, default: 0] += 1
        engine.onEvent(.difference(stream.id, drift, fingerprint: fingerprint(id)))
    }

    private mutating func write(_ records: [Record]) async throws {
        guard repair != nil, !records.isEmpty else { return }
        let counts = try await store.commit(
            PageCommit(
                resource: resource, filter: stream.filter, items: records.map { .record($0) },
                receivedAt: engine.now(), next: state))
        result.repaired += counts.inserted + counts.updated
    }
}
