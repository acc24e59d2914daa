/// Generates the records of one resource.
struct SeedSource: Sendable {
    let resource: String
    /// The number of drawn records.
    let count: @Sendable (SeedPlan) -> Int
    /// The members that a later change updates.
    let changing: [String]
    /// The demo clinic's records, which come before the drawn ones and are not counted.
    let demo: @Sendable (SeedPlan) -> [DemoRecord]
    /// Writes the members of the drawn record with that ordinal.
    let write: @Sendable (SeedPlan, Int, inout RecordText) -> Void

    init(
        _ resource: String, _ count: @escaping @Sendable (SeedPlan) -> Int, changing: [String] = [],
        demo: @escaping @Sendable (SeedPlan) -> [DemoRecord] = { _ in [] },
        _ write: @escaping @Sendable (SeedPlan, Int, inout RecordText) -> Void
    ) {
        self.resource = resource
        self.count = count
        self.changing = changing
        self.demo = demo
        self.write = write
    }

    /// Every resource that has records; ``Availability`` is computed.
    static let all: [SeedSource] = people + contacts + messages + schedule + care + documents + registry

    /// The original records: a row each. Demo records have negative ordinals, so that the drawn ones are the same
    /// with and without them.
    func table(_ plan: SeedPlan) -> Table {
        let demo = demo(plan)
        return Table(count: demo.count + count(plan)) { row in
            let ordinal = row - demo.count
            guard ordinal < 0 else {
                let (created, updated) = plan.times(resource, ordinal)
                let bytes = bytes(plan, ordinal, created: created, updated: updated) { write(plan, ordinal, &$0) }
                return (plan.id(resource, ordinal), updated, bytes)
            }
            let record = demo[row]
            let bytes = bytes(plan, ordinal, created: record.created, updated: record.updated, record.write)
            return (record.id, record.updated, bytes)
        }
    }

    /// The record in that row of the table with new values drawn by `key`, changed at `instant`. Of a demo record only
    /// the times: its values stay as they are.
    func revision(_ plan: SeedPlan, _ row: Int, key: UInt64, instant: Int64) -> [UInt8] {
        let demo = demo(plan)
        let ordinal = row - demo.count
        let created = ordinal < 0 ? demo[row].created : plan.times(resource, ordinal).created
        return bytes(plan, ordinal, key: key, created: created, updated: instant) { text in
            if ordinal < 0 { text.times() } else { write(plan, ordinal, &text) }
        }
    }

    /// A record for a row beyond those of the seed, created and changed at `instant`.
    func addition(_ plan: SeedPlan, _ row: Int, instant: Int64) -> (id: GUID, bytes: [UInt8]) {
        let ordinal = row - demo(plan).count
        let bytes = bytes(plan, ordinal, created: instant, updated: instant) { write(plan, ordinal, &$0) }
        return (plan.id(resource, ordinal), bytes)
    }

    private func bytes(
        _ plan: SeedPlan, _ ordinal: Int, key: UInt64 = 0, created: Int64, updated: Int64,
        _ write: (inout RecordText) -> Void
    ) -> [UInt8] {
        RecordText.bytes(
            draw: Draw(seed: plan.seed ^ key, resource: resource, ordinal: ordinal), created: created,
            updated: updated, loose: plan.loose, write)
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
