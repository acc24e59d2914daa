import Identifiers
package import Records
package import Replica

/// Reads records for the routes; where there is no replica yet, there are none.
package struct RecordReader: RecordSource {
    private let reader: ReplicaReader?

    /// - Parameter reader: nil where there is no replica yet
    package init(_ reader: ReplicaReader?) { self.reader = reader }

    package func record(_ id: String, of resource: Resource) throws -> Record? {
        guard let stored = try stored(id, of: resource), stored.deletedAt == nil else { return nil }
        return Record(parsing: stored.bytes)
    }

    /// A record, even one that is deleted.
    func stored(_ id: String, of resource: Resource) throws -> StoredRecord? {
        try reader?.record(id, of: resource)
    }

    /// Whether Welkin had the record once, and has it no more.
    func isDeleted(_ id: String, of resource: Resource) throws -> Bool {
        try stored(id, of: resource)?.deletedAt != nil
    }

    /// At most this many records of one owner are looked through.
    private static var mostOfOne: Int { 1000 }

    package func records(of resource: Resource, where field: String, _ id: String) throws -> [Record] {
        try find(resource, [(field, id)], order: .id, limit: Self.mostOfOne)
    }

    /// The newest first.
    func newest(of resource: Resource, where conditions: [(field: String, value: String)], limit: Int) throws
        -> [Record]
    {
        try find(resource, conditions, order: .newest, limit: limit)
    }

    /// A patient's numbers, in the order in which they came to Welkin.
    func phoneNumbers(of patient: String) throws -> [Record] {
        try newest(of: .phoneNumbers, where: [("patient_id", patient)], limit: Self.mostOfOne).reversed()
    }

    /// A page of a search.
    func page(
        of resource: Resource, where conditions: [(field: String, value: String)], order: RecordOrder,
        after key: RecordKey?, limit: Int
    ) throws -> [FoundRecord] {
        try reader?.records(of: resource, where: conditions, order: order, after: key, limit: limit) ?? []
    }

    /// A worker's calendars.
    func calendars(of worker: WorkerID) throws -> [Identifier] {
        try records(of: .calendars, where: "worker_id", worker.text).compactMap { $0.id.flatMap { Identifier($0) } }
    }

    /// A calendar's events of a day.
    func events(of calendar: Identifier, on day: ServiceDay) throws -> [Record] {
        let owner = (field: "calendar_id", value: calendar.text)
        let timed = try find(
            .calendarEvents, [owner], order: .time(field: "start_time", from: day.start, to: day.end),
            limit: Self.mostOfOne)
        let allDay = try find(.calendarEvents, [owner, ("day", day.date)], order: .id, limit: Self.mostOfOne)
        return timed + allDay.filter { $0["start_time"]?.instant == nil }
    }

    /// The end of the last complete pull of the oldest of these resources; nil before that.
    func asOf(_ resources: [Resource]) throws -> Instant? { try reader?.freshness(of: resources) ?? nil }

    /// How far the replica has come, as the page gets it.
    func version() throws -> String { try storeVersion().text }

    func storeVersion() throws -> StoreVersion {
        let version = try reader?.version()
        return StoreVersion(store: version?.store, number: version?.number ?? 0)
    }

    /// More notes than this count as "everything".
    private static var mostNotes: Int { 10_000 }

    /// What has changed since a version; nil if that cannot be told.
    func changes(since version: StoreVersion) throws -> (notes: [ChangeNote]?, version: StoreVersion) {
        let current = try storeVersion()
        guard version.store == current.store else { return (nil, current) }
        guard let reader else { return ([], current) }
        let notes = try reader.changes(after: version.number, limit: Self.mostNotes)
        return (notes.flatMap { $0.count < Self.mostNotes ? $0 : nil }, current)
    }

    private func find(
        _ resource: Resource, _ conditions: [(field: String, value: String)], order: RecordOrder, limit: Int
    ) throws -> [Record] {
        try page(of: resource, where: conditions, order: order, after: nil, limit: limit)
            .compactMap { Record(parsing: $0.record.bytes) }
    }
}
