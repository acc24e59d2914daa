// The code of DataAPI.docc/FirstFind.md, in its order: SnippetTests compares and runs it.

// snippet: client
import DataAPI
import Tokens

func makeClient(
    id: String, secret: [UInt8], origin: Origin = .welkin
) -> Client {
    var settings = ClientSettings(
        origin: origin, clientID: id, secret: Secret(secret))
    settings.scopes = [Resource.patients.readScope, Resource.visits.readScope]
    return Client(settings)
}
// end

// snippet: find
func countByPhase(_ client: Client) async throws -> [String: Int] {
    var counts: [String: Int] = [:]
    for try await page in client.find(FindRequest(.patients)) {
        for patient in page.records {
            counts[patient["phase"]?.text ?? "none", default: 0] += 1
        }
    }
    return counts
}
// end

// snippet: shutdown
func countByPhase(
    id: String, secret: [UInt8], origin: Origin = .welkin
) async throws -> [String: Int] {
    let client = makeClient(id: id, secret: secret, origin: origin)
    let counts: Result<[String: Int], any Error>
    do {
        counts = .success(try await countByPhase(client))
    } catch {
        counts = .failure(error)
    }
    try await client.shutdown()
    return try counts.get()
}
// end

// snippet: token
func keepToken(_ settings: inout ClientSettings, in folder: String) {
    settings.tokenStore = TokenFile(path: folder + "/token")
}
// end

// snippet: fields
struct VisitTimes {
    var start: Instant
    var end: Instant?
    var hasEvent: Bool

    init?(_ visit: Record) {
        guard let start = visit["start_time"]?.instant else { return nil }
        self.start = start
        end = visit["end_time"]?.instant
        hasEvent = visit["calendar_event_id"]?.isNull == false
    }
}
// end

// snippet: window
func visits(since start: Instant, _ client: Client) async throws -> [VisitTimes] {
    let window = PageRequest(from: start, size: 200)
    var times: [VisitTimes] = []
    for try await page in client.find(FindRequest(.visits, page: window)) {
        times += page.records.compactMap(VisitTimes.init)
    }
    return times
}
// end

// snippet: items
func sort(
    _ page: Page, keep: (Record) -> Void, setAside: (ArraySlice<UInt8>) -> Void
) {
    for item in page.items {
        switch item {
        case .record(let record), .repaired(let record, original: _):
            keep(record)
        case .unreadable(let bytes): setAside(bytes)
        case .oversized(let outline): setAside(outline[...])
        }
    }
}
// end

// snippet: place
/// Reads one page. Gives the place to go on from; nil behind the last page.
func readPage(
    at place: String?, _ client: Client, keep: (Record) -> Void
) async throws -> String? {
    var request = FindRequest(.patients, page: PageRequest(size: 100))
    if let place, let stored = PageRequest(place) { request.page = stored }
    let page = try await client.page(request)
    page.records.forEach(keep)
    switch page.continuation {
    case .end: return nil
    case .next(let next) where next.advances(from: request.page):
        return next.description
    case .next: throw DataAPIError(.stuck)
    case .unclear: throw DataAPIError(.unclearLink)
    }
}
// end
