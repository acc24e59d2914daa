import DataAPI
import Replica
import Sync

/// One random history: records, how Welkin pages, what goes wrong, what changes between requests,
/// and where the process dies. The same for the same seed.
struct Scenario {
    let seed: UInt64
    private var random: SeededGenerator
    private let start = Instant("2026-01-01T00:00:00Z")!
    private let settings: SyncSettings
    private let world: World
    /// Late arrivals come at most so long after their time: overlap and settle time together, less
    /// than which would lose some.
    private static let lateness = 64

    init(seed: UInt64) throws {
        self.seed = seed
        random = SeededGenerator(seed: seed)
        let (world, welkin) = (try World(), FakeWelkin.Paging.self)
        self.world = world
        settings = SyncSettings(
            overlap: .seconds(60), settle: .seconds(5), pageSize: Int.random(in: 1...9, using: &random),
            maximumPageSize: 512)
        let paging = welkin.allCases.randomElement(using: &random)!
        // A link that lost its end cannot lead back in time.
        let shapes = paging == .descending ? [FakeLinks.documented, .meta, .href] : FakeLinks.sound
        let links = shapes.randomElement(using: &random)!
        world.welkin.change { ($0.paging, $0.links) = (paging, links) }
        for index in 0..<Int.random(in: 0...60, using: &random) { put("r\(index)", until: 86_000) }
    }

    /// At a random second, so that many have the same.
    private mutating func put(_ id: String, until seconds: Int) {
        let spread = random.chance(0.3) ? 20 : seconds
        world.welkin.put(id, at: start + .seconds(Int.random(in: 0...spread, using: &random)))
    }

    /// Runs, dies, is restarted; then the faults stop.
    ///
    /// - Returns: what is wrong with the replica in the end; empty when nothing is.
    mutating func run() async throws -> String {
        for _ in 0..<Int.random(in: 1...5, using: &random) {
            arrange()
            world.ahead = [.zero, .seconds(30), .seconds(3600), .seconds(259_200), .seconds(-30), .seconds(-3600)]
                .randomElement(using: &random)!
            let store = CrashingStore(world.replica, crash: crashes())
            let begin: PullStart = random.chance(0.05) ? .full : .cursor
            _ = await world.engine(settings, store: store).pull([world.stream], from: begin)
            world.clock.advance(by: .seconds(Int.random(in: 0...900, using: &random)))
        }
        world.welkin.change {
            $0.fault = { _ in nil }
            $0.before = { _, _ in }
        }
        // One that is behind comes to the rest when it has caught up.
        world.ahead = max(world.ahead, .zero)
        // Later than anything can be late.
        world.clock.advance(by: .seconds(120))
        let result = await world.pull(settings)
        guard result.outcome == .done else { return "\(result.outcome)" }
        let (rows, expected) = (try await world.rows(), world.expected)
        let wrong = expected.filter { rows[$0.key] != $0.value }.keys.sorted()
        let foreign = Set(rows.keys).subtracting(expected.keys).sorted()
        return wrong.isEmpty && foreign.isEmpty ? "" : "wrong: \(wrong), not there: \(foreign)"
    }

    /// The faults and changes of one run. Each is drawn beforehand, so that no order of tasks
    /// changes them.
    private mutating func arrange() {
        let first = world.welkin.requests.count
        let rate = [0, 0.05, 0.3].randomElement(using: &random)!
        var faults: [Int: FakeWelkin.Fault] = [:]
        var changes: [Int: (id: String, lateness: Int)] = [:]
        let churn = [0, 0.2, 0.6].randomElement(using: &random)!
        for number in first..<(first + 300) {
            if random.chance(rate) { faults[number] = FakeWelkin.Fault.allCases.randomElement(using: &random)! }
            guard random.chance(churn) else { continue }
            // A record that is there changes, or a new one arrives; some late.
            let late = random.chance(0.4) ? Int.random(in: 0...Self.lateness, using: &random) : 0
            changes[number] = ("r\(Int.random(in: 0...80, using: &random))", late)
        }
        let clock = world.clock
        let drawn = (faults, changes)
        world.welkin.change { state in
            state.fault = { drawn.0[$0] }
            state.before = { number, state in
                // Reading takes time too.
                clock.advance(by: .milliseconds(700))
                guard let change = drawn.1[number] else { return }
                // What changes again never gets an older time than it has.
                let instant = clock.now - .seconds(change.lateness)
                let known = state.records[change.id]?.updatedAt ?? instant
                state.put(change.id, at: max(instant, known))
            }
        }
    }

    private mutating func crashes() -> @Sendable (Int) -> CrashingStore.Point? {
        guard random.chance(0.6) else { return { _ in nil } }
        let at = Int.random(in: 1...12, using: &random)
        let point: CrashingStore.Point = random.chance(0.5) ? .before : .after
        return { $0 >= at ? point : nil }
    }
}
