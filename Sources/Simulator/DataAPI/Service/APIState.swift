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
    /// Names that were given to records, as long as somebody asks (``ExternalNames``).
    var externalNames: ExternalNames?
    /// The query that each resource's last page answered.
    var lastQueries: [String: FindQuery] = [:]
    /// How many pages there were.
    var served = 0
    /// Records that are other bytes in each answer, and such that are found by whatever value of a required filter.
    var restless: Set<GUID> = []
    var unfiltered: Set<GUID> = []
    private(set) var tables: [String: Table] = [:]
    /// What a restore brings back.
    private var backup: [String: Table]?
    private var sources: [String: SeedSource] = [:]

    init(_ seed: APISeed, settings: APISettings, clock: ServerClock) {
        plan = seed.plan
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

    /// Keeps all records as they are now.
    mutating func backUp() { backup = tables }

    /// Puts all records back to what they were.
    ///
    /// - Returns: false where nothing was kept.
    mutating func restore() -> Bool {
        guard let backup else { return false }
        (tables, externalNames) = (backup, nil)
        return true
    }

    /// The catalogue's entry, or one for a resource that was added without.
    func resource(_ name: String) -> Resource? {
        Catalogue.resource(named: name) ?? (tables[name] == nil ? nil : Resource.unknown(name))
    }

    func source(_ resource: String) -> SeedSource? { sources[resource] }

    /// The records of a resource; it has to be one with a table.
    subscript(table resource: String) -> Table {
        get { tables[resource] ?? Table() }
        _modify { yield &tables[resource, default: Table()] }
    }

    func exists(_ resource: String, _ id: String) -> Bool {
        guard let id = GUID(id) else { return false }
        return self[table: resource].ordinal(id) != nil
    }

    /// Counts a request that was answered. A path that is not known could say anything, so it is not kept.
    mutating func count(method: String, path: APIPath?, status: Int) {
        let known = path.flatMap { resource($0.resource) != nil || $0.resource == "token" ? $0 : nil }
        requests.end(.init(method: method, path: known?.route ?? "other", status: status))
    }

    /// A new id; never one that there was before.
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
