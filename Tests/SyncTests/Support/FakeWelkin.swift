import DataAPI
import Sync
import Synchronization

/// A Welkin in memory: Find over one resource's records with documented paging, as JSON that
/// ``Page`` has to read.
final class FakeWelkin: PageSource {
    /// How pages follow each other; the documentation does not say.
    enum Paging: CaseIterable {
        /// The next page begins at the instant of the last record.
        case last
        /// The next page begins at the instant of the first record that is still to come.
        case following
        /// The newest first: the next page ends at the instant of the last record.
        case descending
    }

    struct Stored: Equatable {
        var updatedAt: Instant
        var version: Int
        var bytes: String
        /// Of which `patient_id` is the filter's value.
        var patient: String?
    }

    struct State {
        var records: [String: Stored] = [:]
        var requests: [FindRequest] = []
        var looks = 0
        /// Its own clock; without it its answers carry no date.
        var now: (@Sendable () -> Instant)?
        var paging = Paging.last
        var links = FakeLinks.documented
        var maximumPageSize = 1000
        /// Whether it shows times cut to the second. It orders and finds by all of them.
        var cutsTimes = false
        /// What is larger is refused, but for the outline of a single record.
        var maximumBytes = Int.max
        /// Whether the connection is there.
        var isReachable = true
        /// Filters by which it answers.
        var refusedFilter: Filter?
        var lastRequest: FindRequest?
        /// What happens to each request; asked with its number, from 1.
        var fault: @Sendable (Int) -> Fault? = { _ in nil }
        /// Happens before each answer.
        var before: @Sendable (Int, inout State) -> Void = { _, _ in }
        /// Happens between Find and a second look.
        var beforeLook: @Sendable (inout State) -> Void = { _ in }
    }

    enum Fault: CaseIterable {
        /// No answer.
        case error
        /// The last answer again.
        case repeated
        /// `next` is the page itself.
        case stuck
        /// `next` leads to another host, and there is no `meta`.
        case foreign
        /// `next` says nothing sound.
        case unclear
    }

    struct Failure: Error {}

    let resource: Resource
    private let state: Mutex<State>

    init(_ resource: Resource = .patients) {
        self.resource = resource
        state = Mutex(State())
    }

    var requests: [FindRequest] { state.withLock { $0.requests } }
    /// How many records were got by their id.
    var looks: Int { state.withLock { $0.looks } }
    var records: [String: Stored] { state.withLock { $0.records } }

    func change(_ body: (inout State) -> Void) { state.withLock { body(&$0) } }

    func put(_ id: String, at instant: Instant, note: String = "", patient: String? = nil) {
        change { $0.put(id, at: instant, note: note, patient: patient, dated: resource.cursorField != nil) }
    }

    func page(_ request: FindRequest) async throws -> Page {
        var askedAt: Instant?
        let body = try state.withLock { state throws -> String in
            askedAt = state.now?()
            state.requests.append(request)
            let number = state.requests.count
            state.before(number, &state)
            guard state.isReachable else { throw Self.unreachable(request) }
            let fault = state.fault(number)
            if fault == .error { throw Failure() }
            if let filter = state.refusedFilter, request.filters.contains(filter) {
                throw Self.error(.refused, request)
            }
            // Whoever serves an old answer goes by what was asked for, but for the page.
            let isSame = state.lastRequest?.filters == request.filters
            // What ends less than a second earlier tells nobody that it is another window.
            let isTold = !Self.endsJustBefore(state.lastRequest?.page, request.page)
            let asked = fault == .repeated && isSame && isTold ? state.lastRequest ?? request : request
            state.lastRequest = asked
            return state.body(asked, fault: fault)
        }
        if body.utf8.count > state.withLock({ $0.maximumBytes }) {
            guard request.page.size == 1,
                var page = Page(outlining: body.utf8, answering: request, origin: .welkin)
            else { throw Self.error(.tooLarge, request) }
            page.askedAt = askedAt
            return page
        }
        var page = try Page(parsing: Array(body.utf8), answering: request, origin: .welkin)
        page.askedAt = askedAt
        return page
    }

    private static func endsJustBefore(_ page: PageRequest?, _ other: PageRequest) -> Bool {
        guard let end = page?.to, let later = other.to else { return false }
        return end < later && later - end < .seconds(1)
    }

    func isReachable() async -> Bool { state.withLock { $0.isReachable } }

    private static func unreachable(_ request: FindRequest) -> DataAPIError { error(.connection, request) }

    private static func error(_ code: DataAPIError.Code, _ request: FindRequest) -> DataAPIError {
        var error = DataAPIError(code)
        error.resource = request.resource.name
        return error
    }

    func record(_ resource: Resource, id: String) async throws -> Record? {
        // As a client does.
        guard id.allSatisfy({ $0.isLetter || $0.isNumber || "-._~".contains($0) }) else {
            throw Self.error(.invalidID, FindRequest(resource))
        }
        return state.withLock { state in
            state.looks += 1
            state.beforeLook(&state)
            return state.records[id].flatMap { Record(parsing: Array($0.bytes.utf8)) }
        }
    }
}

extension FakeWelkin.State {
    mutating func put(
        _ id: String, at instant: Instant, note: String = "", patient: String? = nil, dated: Bool = true
    ) {
        let version = (records[id]?.version ?? 0) + 1
        let shown = cutsTimes ? "\(instant.description.prefix(19))Z" : instant.description
        let date = dated ? #", "updated_at": "\#(shown)""# : ""
        let patient = patient ?? records[id]?.patient
        let whose = patient.map { #", "patient_id": "\#($0)""# } ?? ""
        records[id] = FakeWelkin.Stored(
            updatedAt: instant, version: version,
            bytes: #"{"id": "\#(id)"\#(date)\#(whose), "version": \#(version), "note": "\#(note)"}"#, patient: patient)
    }

    /// Only what the window holds, in the order of time.
    private func window(_ request: FindRequest) -> [(id: String, stored: FakeWelkin.Stored)] {
        let page = request.page
        let patient = request.filters.first { $0.name == "patient_id" }?.value
        return records.map { (id: $0.key, stored: $0.value) }
            .filter { patient == nil || $0.stored.patient == patient }
            .filter { $0.stored.updatedAt >= page.from ?? $0.stored.updatedAt }
            .filter { $0.stored.updatedAt <= page.to ?? $0.stored.updatedAt }
            .sorted { ($0.stored.updatedAt, $0.id) < ($1.stored.updatedAt, $1.id) }
    }

    func body(_ request: FindRequest, fault: FakeWelkin.Fault?) -> String {
        let size = min(request.page.size ?? 50, maximumPageSize)
        let window = paging == .descending ? self.window(request).reversed() : self.window(request)
        let shown = window.prefix(size)
        var next: PageRequest?
        if window.count > size, let last = shown.last {
            var page = request.page
            switch paging {
            case .last: page.from = last.stored.updatedAt
            case .following: page.from = window[size].stored.updatedAt
            case .descending: page.to = last.stored.updatedAt
            }
            next = page
        }
        let links =
            switch fault {
            case .stuck: self.links.text(of: request.resource.name, current: request.page, next: request.page)
            case .foreign:
                FakeLinks.foreign.text(of: request.resource.name, current: request.page, next: next ?? request.page)
            case .unclear:
                FakeLinks.unclear.text(of: request.resource.name, current: request.page, next: next ?? request.page)
            case .error, .repeated, nil: self.links.text(of: request.resource.name, current: request.page, next: next)
            }
        return #"{"data": [\#(shown.map(\.stored.bytes).joined(separator: ", "))], "links": \#(links)}"#
    }
}
