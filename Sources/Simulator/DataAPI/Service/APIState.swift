import Records
import NIOCore

/// The state of an ``APIProvider``.
struct APIState: Sendable {
    let plan: SeedPlan
    var settings: APISettings
    var clock: ServerClock
    var tokens = AccessTokens()
    var faults = FaultScript()
    var requests = RequestLog()
    /// The names of records, cached between requests (``ExternalNames``).
    var externalNames: ExternalNames?
    /// The query of each resource's last page.
    var lastQueries: [String: FindQuery] = [:]
    /// The number of pages so far.
    var served = 0
    /// Records with different bytes in each answer, and records that match any value of a required filter.
    var restless: Set<GUID> = []
    var unfiltered: Set<GUID> = []
    private(set) var tables: [String: Table] = [:]
    /// The backup for a restore.
    private var backup: [String: Table]?
    private var sources: [String: SeedSource] = [:]

    init(_ seed: APISeed, settings: APISettings, clock: ServerClock) {
        plan = seed.plan(start: clock.now)
        self.settings = settings
        self.clock = clock
        let unknown = seed.unknown.map { SeedSource.unknown($0.name, count: $0.count) }
        (SeedSource.all + unknown).forEach { add($0) }
    }

    /// Adds a resource with its first records.
    mutating func add(_ source: SeedSource) {
        sources[source.resource] = source
        tables[source.resource] = source.table(plan)
    }

    /// Saves all records as they are.
    mutating func backUp() { backup = tables }

    /// Restores all records.
    ///
    /// - Returns: false without a backup.
    mutating func restore() -> Bool {
        guard let backup else { return false }
        (tables, externalNames) = (backup, nil)
        return true
    }

    /// The catalogue's entry, or one for an added resource.
    func resource(_ name: String) -> Resource? {
        Catalogue.resource(named: name) ?? (tables[name] == nil ? nil : Resource.unknown(name))
    }

    func source(_ resource: String) -> SeedSource? { sources[resource] }

    /// The records of a resource, which must have a table.
    subscript(table resource: String) -> Table {
        get { tables[resource] ?? Table() }
        _modify { yield &tables[resource, default: Table()] }
    }

    func exists(_ resource: String, _ id: String) -> Bool {
        guard let id = GUID(id) else { return false }
        return self[table: resource].ordinal(id) != nil
    }

    /// Counts an answered request. An unknown path could contain anything, so it is not stored.
    mutating func count(method: String, path: APIPath?, status: Int) {
        let known = path.flatMap { resource($0.resource) != nil || $0.resource == "token" ? $0 : nil }
        requests.end(.init(method: method, path: known?.route ?? "other", status: status))
    }

    /// A new id, never used before.
    func newID() -> GUID {
        var draw = Draw(SystemRandomNumberGenerator.word())
        return GUID(&draw)
    }
}

extension SystemRandomNumberGenerator {
    fileprivate static func word() -> UInt64 {
        var generator = SystemRandomNumberGenerator()
        return generator.next()
    }
}
