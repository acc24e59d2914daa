import DataAPI
import Replica
import Synchronization

/// Searches for the records of instants that more records share than a page holds, such as those of a bulk update:
/// all at once, then in parts by each filter that Find has, then one by one. Continues where the last run stopped,
/// and drops instants that were proven complete.
///
/// An instant is proven complete if its records came in one answer that is not a full page. It also is if they came
/// in such answers for every value of a filter that names one record of another resource each (mostly a patient),
/// all of that resource is here, none of it is quarantined, and no record of this resource lacks it or names another.
struct InstantSearch {
    let stream: SyncStream
    let context: SyncContext
    let allowance: RequestAllowance

    private(set) var counts = CommitCounts()
    private(set) var pages = 0

    init(_ stream: SyncStream, _ context: SyncContext, _ allowance: RequestAllowance) {
        self.stream = stream
        self.context = context
        self.allowance = allowance
    }

    private var store: any ReplicaStore { context.store }
    private var resource: Resource { stream.resource }

    /// - Returns: how many instants are left.
    mutating func run() async throws -> Int {
        for unfinished in try await store.unfinishedInstants(of: stream.id) {
            do {
                try await search(unfinished)
            } catch is OutOfRequests {
                break
            }
        }
        return try await store.unfinishedInstants(of: stream.id).count
    }

    /// The next run continues with the rest.
    private struct OutOfRequests: Error {}

    private mutating func search(_ unfinished: UnfinishedInstant) async throws {
        let instant = unfinished.instant
        if try await ask(for: instant, nil) { return try await note(.finished(instant)) }
        let parts = InstantPart.all(of: resource)
        guard let first = parts.first else { return }
        var place = unfinished.place.flatMap { InstantPlace($0) } ?? InstantPlace(first)
        let begin = parts.firstIndex { $0.name == place.part } ?? 0
        for part in parts[begin...] {
            if place.part != part.name { place = InstantPlace(part) }
            try await search(part, of: instant, &place)
            if place.isWhole, try await isExhaustive(part, instant) { return try await note(.finished(instant)) }
        }
        // The next run starts over, because records may have moved to other instants meanwhile.
        try await note(.searched(UnfinishedInstant(instant)))
    }

    /// Requests one value after the other, and stores the place together with the records.
    private mutating func search(_ part: InstantPart, of instant: Instant, _ place: inout InstantPlace) async throws {
        while true {
            let values = try await values(of: part, after: place.value, instant)
            for value in values {
                let isWhole = try await look(part, value, instant)
                place.isWhole = place.isWhole && isWhole
                place.value = value
                try await note(.searched(UnfinishedInstant(instant, place: place.description)))
            }
            guard values.count == Self.batchSize else { return }
        }
    }

    private static let batchSize = 100

    private func values(of part: InstantPart, after value: String?, _ instant: Instant) async throws -> [String] {
        switch part.values {
        case .ids(let other):
            try await store.ids(of: other, after: value, cursorBefore: nil, limit: Self.batchSize)
        case .column(let column):
            try await store.values(of: column, in: resource.name, after: value, limit: Self.batchSize)
        case .records:
            try await store.ids(of: resource.name, after: value, cursorBefore: instant, limit: Self.batchSize)
        }
    }

    /// - Returns: whether all records of this value are here.
    private mutating func look(_ part: InstantPart, _ value: String, _ instant: Instant) async throws -> Bool {
        do {
            guard part.values == .records else { return try await ask(for: instant, Filter(part.name, value)) }
            try take()
            let askedAt = context.now()
            if let record = try await context.source.record(resource, id: value) {
                try await put([PageItem(record)], askedAt: askedAt)
            }
            return true
        } catch let error as DataAPIError where !error.code.isTransient && error.resource != nil {
            // A value that Welkin refuses must not stop the others.
            return false
        }
    }

    /// Requests all records of the instant, in pages of every size.
    ///
    /// - Returns: whether the answers were complete.
    private mutating func ask(for instant: Instant, _ filter: Filter?) async throws -> Bool {
        // A microsecond longer, in case the end is exclusive.
        let window = StreamWindow(from: instant, to: instant.lastMicrosecond + .microseconds(1))
        var walk = PageWalk(context.settings, of: resource)
        var request = walk.first(window)
        while true {
            let page: Page
            let askedAt = context.now()
            do {
                page = try await walk.page(&request) { request in
                    try take()
                    let find = FindRequest(resource, filters: [stream.filter, filter].compactMap { $0 }, page: request)
                    return try await find.answer { try await context.source.page($0) }
                }
            } catch let error as DataAPIError where error.code == .tooLarge {
                return false
            }
            try await put(page.items, askedAt: askedAt)
            // Other records than requested: this is the answer to another request.
            guard page.records.allSatisfy({ Self.passes($0, filter) }) else { return false }
            switch walk.step(after: request, page) {
            case .end: return true
            case .next(let next): request = next
            case .around, .failed: return false
            }
        }
    }

    private static func passes(_ record: Record, _ filter: Filter?) -> Bool {
        guard let filter, let value = record[filter.name]?.text else { return true }
        return value == filter.value
    }

    /// - Throws: ``OutOfRequests``, or `CancellationError` when the run must end.
    private func take() throws {
        try context.stop.check()
        guard allowance.take() else { throw OutOfRequests() }
    }

    private mutating func put(_ items: [PageItem], askedAt: Instant) async throws {
        pages += 1
        guard !items.isEmpty else { return }
        counts += try await commit(AskedItems(items, askedAt: askedAt), [])
    }

    private func note(_ mark: InstantMark) async throws { _ = try await commit(AskedItems([], askedAt: nil), [mark]) }

    private func commit(_ items: AskedItems, _ marks: [InstantMark]) async throws -> CommitCounts {
        try await store.commit(
            PageCommit(
                resource: resource, filter: stream.filter, parts: [items], receivedAt: context.now(),
                next: try await store.state(of: stream.id), instants: marks))
    }

    /// Whether the part's values are all values that the instant's records can have.
    private func isExhaustive(_ part: InstantPart, _ instant: Instant) async throws -> Bool {
        guard let column = part.exhaustiveColumn, case .ids(let other) = part.values else { return false }
        let foreign = try await store.status().first { $0.stream.resource == other }
        guard let foreign, foreign.unfinished.isEmpty, foreign.quarantined == 0, let cursor = foreign.state.cursor,
            cursor >= instant
        else { return false }
        return try await !store.lacks(column, of: other, in: resource.name)
    }
}

/// A limited number of requests of one kind per run; all streams share it.
final class RequestAllowance: Sendable {
    private let left: Mutex<Int>

    init(_ requests: Int) { left = Mutex(requests) }

    /// Uses up one request; false if none is left.
    func take() -> Bool {
        left.withLock { left in
            guard left > 0 else { return false }
            left -= 1
            return true
        }
    }
}
