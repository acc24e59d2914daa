/// Generates the records of one resource.
struct SeedSource: Sendable {
    let resource: String
    /// The number of records.
    let count: @Sendable (SeedPlan) -> Int
    /// The members that a later change updates.
    let changing: [String]
    /// Writes the members of the record with that ordinal.
    let write: @Sendable (SeedPlan, Int, inout RecordText) -> Void

    init(
        _ resource: String, _ count: @escaping @Sendable (SeedPlan) -> Int, changing: [String] = [],
        _ write: @escaping @Sendable (SeedPlan, Int, inout RecordText) -> Void
    ) {
        self.resource = resource
        self.count = count
        self.changing = changing
        self.write = write
    }

    /// Every resource that has records; ``Availability`` is computed.
    static let all: [SeedSource] = people + contacts + messages + schedule + care + documents + registry

    /// The original record with that ordinal.
    func record(_ plan: SeedPlan, _ ordinal: Int) -> (id: GUID, instant: Int64, bytes: [UInt8]) {
        let (created, updated) = plan.times(resource, ordinal)
        let bytes = RecordText.bytes(
            draw: Draw(seed: plan.seed, resource: resource, ordinal: ordinal), created: created,
            updated: updated, loose: plan.loose
        ) { write(plan, ordinal, &$0) }
        return (plan.id(resource, ordinal), updated, bytes)
    }

    /// The same record with new values drawn by `key`, changed at `instant`.
    func revision(_ plan: SeedPlan, _ ordinal: Int, key: UInt64, instant: Int64) -> [UInt8] {
        RecordText.bytes(
            draw: Draw(seed: plan.seed ^ key, resource: resource, ordinal: ordinal),
            created: plan.times(resource, ordinal).created, updated: instant, loose: plan.loose
        ) { write(plan, ordinal, &$0) }
    }

    /// A record beyond those of the seed, created and changed at `instant`.
    func addition(_ plan: SeedPlan, _ ordinal: Int, instant: Int64) -> (id: GUID, bytes: [UInt8]) {
        let bytes = RecordText.bytes(
            draw: Draw(seed: plan.seed, resource: resource, ordinal: ordinal), created: instant,
            updated: instant, loose: plan.loose
        ) { write(plan, ordinal, &$0) }
        return (plan.id(resource, ordinal), bytes)
    }

    func table(_ plan: SeedPlan) -> Table {
        Table(count: count(plan)) { record(plan, $0) }
    }

    /// A resource that is not in the catalogue.
    static func unknown(_ name: String, count: Int) -> SeedSource {
        SeedSource(name, { _ in count }, changing: ["title", "score"]) { plan, ordinal, text in
            text.id("id", plan.id(name, ordinal))
            text.id("patient_id", plan.patients == 0 ? nil : plan.patient(ordinal % plan.patients))
            text.text("title", text.draw.of(Vocabulary.subjects))
            text.number("score", text.draw.below(100))
            text.times()
        }
    }
}
