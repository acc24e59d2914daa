import Records
import Replica
import StrictJSON

/// Records as Welkin would send them.
enum Sample {
    static let morning = Instant("2026-01-02T08:00:00Z")!
    static let noon = Instant("2026-01-02T12:00:00Z")!
    static let received = Instant("2026-01-03T00:00:00Z")!

    /// A patient's record, with more members if wanted, as JSON.
    static func patient(_ id: String, updated: Instant? = morning, more: String = "") -> String {
        let date = updated.map { #", "updated_at": "\#($0)""# } ?? ""
        return #"{"id": "\#(id)", "first_name": "Grace"\#(date)\#(more.isEmpty ? "" : ", \(more)")}"#
    }

    /// What a client makes of these elements of `data`.
    static func items(_ elements: [String]) -> [PageItem] {
        elements.map { element in
            Record(parsing: Array(element.utf8)).map { PageItem($0) } ?? .unreadable(Array(element.utf8)[...])
        }
    }

    static func page(
        _ elements: [String], of resource: Resource = .patients, filter: Filter? = nil,
        received: Instant = received, next: StreamState = StreamState(cursor: noon)
    ) -> PageCommit {
        PageCommit(resource: resource, filter: filter, items: items(elements), receivedAt: received, next: next)
    }
}

extension ReplicaStore {
    /// Commits one page that closes its window.
    @discardableResult
    func take(
        _ elements: [String], of resource: Resource = .patients, filter: Filter? = nil,
        received: Instant = Sample.received
    ) async throws -> CommitCounts {
        try await commit(Sample.page(elements, of: resource, filter: filter, received: received))
    }

    /// A record's bytes as text.
    func text(of id: String, in resource: Resource = .patients) async throws -> String? {
        try await record(id, of: resource.name).map { String(decoding: $0.bytes, as: UTF8.self) }
    }

    /// One column of one live record.
    func value(_ column: String, of id: String, in resource: Resource = .patients) async throws -> ColumnValue? {
        for try await row in allRows(of: resource.name, columns: [column]) where row.id == id { return row.values[0] }
        return nil
    }
}
