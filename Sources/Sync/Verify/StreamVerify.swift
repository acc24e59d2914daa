import DataAPI
import Replica

/// Compares one stream with Welkin: first everything that Find lists, then the records here that it did not
/// list. Memory does not grow with the records.
struct StreamVerify {
    let stream: SyncStream
    let context: SyncContext
    let repair: Repair?
    let fingerprint: @Sendable (String) -> String

    private(set) var result: VerifyResult
    private var state = StreamState()
    private var bound = Instant(microseconds: 0)
    /// The ids of the last page's differences, because a record at the edge of two pages is on both.
    private var told: Set<String> = []

    init(
        _ stream: SyncStream, _ context: SyncContext, _ repair: Repair?,
        _ fingerprint: @escaping @Sendable (String) -> String
    ) {
        self.stream = stream
        self.context = context
        self.repair = repair
        self.fingerprint = fingerprint
        result = VerifyResult(stream.id)
    }

    private var store: any ReplicaStore { context.store }
    private var resource: Resource { stream.resource }

    /// The result counts what was compared, even when this throws.
    mutating func run() async throws {
        try context.stop.check()
        state = try await store.state(of: stream.id)
        guard let cursor = state.cursor else { throw StreamFailure.neverPulled }
        bound = cursor
        try await store.beginComparison(of: stream.id)
        let walk = PageWalk(context.settings, of: resource)
        let walker = PageWalker(
            source: context.source, stream: stream, walk: walk, stop: context.stop, now: context.now,
            readAhead: context.settings.readAhead)
        let whole = StreamWindow(from: nil, to: bound)
        var progress = WindowProgress(PullWindow(whole, cursor: bound, now: context.now()))
        var count = 0
        context.onEvent(.began(stream.id, window: whole, isResumed: false))
        try await walker.run(from: walk.first(whole)) { pages in
            for each in pages {
                if case .around(let instant, _) = each.step {
                    result.unfinished += 1
                    context.onEvent(.unfinished(stream.id, instant))
                }
                try await compare(each.page)
                let (position, fraction) = progress.measure(each.page, each.step, of: resource)
                count += 1
                context.onEvent(
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
        let readable = page.items.filter { $0.record?.replicaID != nil }
        result.compared += readable.count
        result.unreadable += page.items.count - readable.count
        let differences = try await store.compare(readable)
        guard !differences.isEmpty else {
            told = []
            return
        }
        let byID = Dictionary(readable.map { ($0.record?.replicaID ?? "", $0) }) { $1 }
        // The next pull brings what is newer than the last one.
        let pulled = differences.filter { difference in
            byID[difference.id]?.record.map { ($0.cursor(of: resource) ?? bound) <= bound } ?? false
        }
        let new = pulled.filter { !told.contains($0.id) }
        told = Set(pulled.map(\.id))
        let (context, stream) = (context, stream)
        let askedAt = context.now()
        let looks = try await context.secondLooks(at: new) { difference -> (PageItem, Confirmation)? in
            guard let item = byID[difference.id], let found = item.record else { return nil }
            let stored = try await context.store.record(difference.id, of: stream.resource.name)
            let again = try await Look(at: difference.id, of: stream.resource, in: context.source)
            let drift = SecondLook.confirm(
                difference.kind, found: found, stored: stored.flatMap { Record(parsing: $0.bytes) }, again: again,
                of: stream.resource)
            return (item, Confirmation(id: difference.id, drift: drift, look: again))
        }
        for (_, confirmation) in looks { tell(confirmation) }
        try await write(looks.filter { $0.1.drift != nil }.map(\.0), askedAt: askedAt)
    }

    /// The result of a second look.
    private struct Confirmation: Sendable {
        let id: String
        /// Nil if there is no difference, or none that can be determined.
        let drift: DriftKind?
        let look: Look
    }

    private mutating func compareUnlisted() async throws {
        var (last, extras): (String?, [String]) = (nil, [])
        let limit = try await deletionLimit()
        let (context, stream, bound) = (context, stream, bound)
        while true {
            try context.stop.check()
            let batch = try await store.unseen(after: last, limit: Self.batchSize)
            let pulled = batch.filter { ($0.cursor ?? bound) <= bound }
            let askedAt = context.now()
            let looks = try await context.secondLooks(at: pulled) { stored -> Confirmation? in
                let again = try await Look(at: stored.id, of: stream.resource, in: context.source)
                let drift = SecondLook.confirm(unlisted: stored, again: again, until: bound, of: stream.resource)
                return Confirmation(id: stored.id, drift: drift, look: again)
            }
            for confirmation in looks { tell(confirmation) }
            try await write(
                looks.compactMap { confirmation in
                    guard confirmation.drift != nil, case .found(let record) = confirmation.look else { return nil }
                    return PageItem(record)
                }, askedAt: askedAt)
            if !result.isBraked { extras += looks.filter { $0.drift == .extra }.map(\.id) }
            if extras.count > limit { (result.isBraked, extras) = (true, []) }
            guard batch.count == Self.batchSize else { break }
            last = batch.last?.id
        }
        guard repair != nil, !extras.isEmpty else { return }
        result.repaired += try await store.markDeleted(extras, of: resource.name, at: context.now())
    }

    /// How many rows a batch of ``ReplicaStore/unseen(after:limit:)`` has.
    private static let batchSize = 500

    private func deletionLimit() async throws -> Int {
        guard let repair else { return .max }
        let rows = try await store.status().first { $0.stream == stream.id }?.rows ?? 0
        return repair.limit(rows: rows)
    }

    private mutating func tell(_ confirmation: Confirmation) {
        if case .unaskable = confirmation.look { result.unconfirmed += 1 }
        guard let drift = confirmation.drift else { return }
        result.drift[drift, default: 0] += 1
        context.onEvent(.difference(stream.id, drift, fingerprint: fingerprint(confirmation.id)))
    }

    /// Writes what Welkin has, whatever is here.
    private mutating func write(_ items: [PageItem], askedAt: Instant) async throws {
        guard repair != nil, !items.isEmpty else { return }
        let counts = try await store.commit(
            PageCommit(
                resource: resource, filter: stream.filter, items: items, askedAt: askedAt,
                receivedAt: context.now(), next: state, overrules: true))
        // One that somebody else has found to be deleted meanwhile stays so.
        result.repaired += counts.received - counts.older
        // So that new records are not checked again as unlisted.
        _ = try await store.compare(items)
    }
}
