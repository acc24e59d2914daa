import DataAPI
import Replica

/// Searches for the records of instants that more records carry than a page holds, such as those of a bulk update:
/// all at once, then in parts by each filter that Find has, then one by one. Goes on where the last run stopped,
/// and lets go what was proven whole.
///
/// Proven is an instant whose records came in one answer that is no full page, or in such answers for every value
/// of a filter that names one record of another resource each (by patient, mostly), as long as all of that
/// resource is here, nothing of it is quarantined, and no record of this one lacks it or names another.
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

    /// The rest is the next run's.
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
        // All over again in the next run: meanwhile records may have moved on to other instants.
        try await note(.searched(UnfinishedInstant(instant)))
    }

    /// Asks for one value after the other, and notes the place with what came.
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

    /// - Returns: whether everything of this value is in.
    private mutating func look(_ part: InstantPart, _ value: String, _ instant: Instant) async throws -> Bool {
        do {
            guard part.values == .records else { return try await ask(for: instant, Filter(part.name, value)) }
            try take()
            if let record = try await context.source.record(resource, id: value) { try await put([PageItem(record)]) }
            return true
        } catch let error as DataAPIError where !error.code.isTransient && error.resource != nil {
            // One value that Welkin does not take stops none of the others.
            return false
        }
    }

    /// Asks for all records of the instant, in pages of every size.
    ///
    /// - Returns: whether the answers were whole.
    private mutating func ask(for instant: Instant, _ filter: Filter?) async throws -> Bool {
        // A microsecond longer, in case the end is not included.
        let window = StreamWindow(from: instant, to: instant.lastMicrosecond + .microseconds(1))
        var walk = PageWalk(context.settings, of: resource)
        var request = walk.first(window)
        while true {
            let page: Page
            do {
                page = try await walk.page(&request) { request in
                    try take()
                    let find = FindRequest(resource, filters: [stream.filter, filter].compactMap { $0 }, page: request)
                    return try await find.answer { try await context.source.page($0) }
                }
            } catch let error as DataAPIError where error.code == .tooLarge {
                return false
            }
            try await put(page.items)
            // Others than were asked for: some other request's answer.
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

    /// - Throws: ``OutOfRequests``, or `CancellationError` when the run is to end.
    private func take() throws {
        try context.stop.check()
        guard allowance.take() else { throw OutOfRequests() }
    }

    private mutating func put(_ items: [PageItem]) async throws {
        pages += 1
        guard !items.isEmpty else { return }
        counts += try await commit(items, [])
    }

    private func note(_ mark: InstantMark) async throws { _ = try await commit([], [mark]) }

    private func commit(_ items: [PageItem], _ marks: [InstantMark]) async throws -> CommitCounts {
        try await store.commit(
            PageCommit(
                resource: resource, filter: stream.filter, items: items, receivedAt: context.now(),
                next: try await store.state(of: stream.id), instants: marks))
    }

    /// Whether the part's values are all that the instant's records can have.
    private func isExhaustive(_ part: InstantPart, _ instant: Instant) async throws -> Bool {
        guard let column = part.exhaustiveColumn, case .ids(let other) = part.values else { return false }
        let foreign = try await store.status().first { $0.stream.resource == other }
        guard let foreign, foreign.unfinished.isEmpty, foreign.quarantined == 0, let cursor = foreign.state.cursor,
            cursor >= instant
        else { return false }
        return try await !store.lacks(column, of: other, in: resource.name)
    }
}
