import DataAPI
import Replica
import Sync

/// One random history: records, how Welkin pages, what goes wrong, what changes between requests, clocks that jump,
/// bulk updates, records put back, and where the process dies. The same for the same seed.
struct Scenario {
    let seed: UInt64
    private var random: SeededGenerator
    private let start = Instant("2026-01-01T00:00:00Z")!
    private let world: World
    private let links: FakeLinks
    /// What kind of Welkin it is.
    let kind: String
    /// What was put back with an older time: only a pull of everything sees it.
    private var putBack: Set<String> = []
    /// Late arrivals come at most so long after their time: overlap and settle time together, less
    /// than which would lose some.
    private static let lateness = 64

    init(seed: UInt64) throws {
        self.seed = seed
        random = SeededGenerator(seed: seed)
        let world = try World(random.chance(0.5) ? .patients : .smsMessages)
        self.world = world
        let paging = FakeWelkin.Paging.allCases.randomElement(using: &random)!
        // A link that lost its end cannot lead back in time, and none leads nowhere.
        let shapes =
            paging == .descending ? [FakeLinks.documented, .meta, .href] : FakeLinks.sound + [FakeLinks.absent]
        let links = shapes.randomElement(using: &random)!
        self.links = links
        let cap = [3, 6, 12, 1000].randomElement(using: &random)!
        let cutsTimes = random.chance(0.3)
        kind = "\(paging), links \(links), pages of \(cap), \(cutsTimes ? "cut times" : "whole times")"
        world.welkin.change {
            ($0.paging, $0.links, $0.maximumPageSize, $0.cutsTimes) = (paging, links, cap, cutsTimes)
        }
        for index in 0..<Int.random(in: 0...60, using: &random) { put("r\(index)", until: 86_000) }
    }

    /// At a random second, so that many have the same.
    private mutating func put(_ id: String, until seconds: Int) {
        let spread = random.chance(0.3) ? 20 : seconds
        let instant = start + .seconds(Int.random(in: 0...spread, using: &random))
        world.welkin.put(id, at: instant, patient: Self.patient(of: id, in: world))
    }

    private static let patients = (0..<10).map { "p\($0)" }

    /// Every message is of one of ten patients.
    private static func patient(of id: String, in world: World) -> String? {
        world.stream.resource == .smsMessages ? "p\(id.utf8.last! - 48)" : nil
    }

    /// Runs, dies, is restarted; then the faults stop.
    ///
    /// - Returns: what is wrong with the replica, after any run that says that nothing is, and in the end; empty when
    ///   nothing is.
    mutating func run() async throws -> String {
        for number in 0..<Int.random(in: 1...6, using: &random) {
            arrange()
            world.ahead = [
                .zero, .seconds(30), .seconds(3600), .seconds(259_200), .seconds(-30), .seconds(-3600),
                .seconds(-90_000),
            ]
            .randomElement(using: &random)!
            let store = CrashingStore(world.replica, crash: crashes())
            let allowance = [0, 5, 500].randomElement(using: &random)!
            let wrong = try await pull(store, from: begin(), allowance)
            guard wrong.isEmpty else { return "run \(number): \(wrong)" }
            world.clock.advance(by: .seconds(Int.random(in: 0...900, using: &random)))
            if random.chance(0.3) { updateInBulk() }
            if random.chance(0.2) { putOneBack() }
        }
        let (clock, isAbsent) = (world.clock, links == .absent)
        world.welkin.change {
            $0.fault = { _ in nil }
            $0.before = { _, _ in }
            $0.now = { clock.now }
            $0.maximumPageSize = 1000
        }
        // Later than anything can be late.
        world.clock.advance(by: .seconds(120))
        let wrong = try await pull(world.replica, from: putBack.isEmpty ? .cursor : .full, 500)
        guard wrong.isEmpty else { return "in the end: \(wrong)" }
        guard let status = try await world.status(), status.lastErrorCode == nil else { return "not done in the end" }
        // Without links nothing proves that an instant is whole.
        guard isAbsent || status.unfinished.isEmpty else { return "unfinished: \(status.unfinished)" }
        let (rows, expected) = (try await world.rows().filter { !Self.patients.contains($0.key) }, world.expected)
        let different = expected.filter { rows[$0.key] != $0.value }.keys.sorted()
        let foreign = Set(rows.keys).subtracting(expected.keys).sorted()
        return different.isEmpty && foreign.isEmpty ? "" : "wrong: \(different), not there: \(foreign)"
    }

    private mutating func begin() -> PullStart {
        switch Int.random(in: 0..<20, using: &random) {
        case 0, 1: .full
        case 2...5: .since(start + .seconds(Int.random(in: 0...90_000, using: &random)))
        default: .cursor
        }
    }

    /// One run; what it says is held against the source.
    private mutating func pull(
        _ store: any ReplicaStore, from start: PullStart, _ instantRequests: Int
    ) async throws -> String {
        if world.stream.resource == .smsMessages { try await world.knowPatients(Self.patients) }
        let settings = SyncSettings(
            overlap: .seconds(60), settle: .seconds(5), pageSize: Int.random(in: 1...9, using: &random),
            maximumPageSize: 512, instantRequests: instantRequests)
        // What is there, old enough, and was not put back.
        // Clocks may differ by some seconds without a consequence.
        let bound = world.clock.now - settings.settle - (world.ahead < .zero ? .seconds(5) : .zero)
        let excepted = start == .full ? [] : putBack
        let before = world.welkin.records.filter { $0.value.updatedAt <= bound && !excepted.contains($0.key) }
        let result = await world.engine(settings, store: store).pull([world.stream], from: start)[0]
        guard result.outcome == .done, result.unfinished == 0, result.counts.quarantined == 0 else { return "" }
        if start == .full { putBack = [] }
        let (rows, now) = (try await world.rows(), world.welkin.records)
        // What has changed meanwhile may be here in either version.
        let wrong = before.filter { id, stored in rows[id] != stored.bytes && now[id] == stored }
        return wrong.isEmpty ? "" : "done, and wrong: \(wrong.keys.sorted())"
    }

    /// Many records get one instant, as by a bulk update or import.
    private mutating func updateInBulk() {
        let instant = world.clock.now - .seconds(Int.random(in: 0...Self.lateness, using: &random))
        let first = Int.random(in: 0...60, using: &random)
        for number in first..<(first + Int.random(in: 5...30, using: &random)) {
            let id = "r\(number)"
            guard world.welkin.records[id].map({ $0.updatedAt <= instant }) ?? true else { continue }
            world.welkin.put(id, at: instant, patient: Self.patient(of: id, in: world))
        }
    }

    /// As when somebody restores it from an older copy.
    private mutating func putOneBack() {
        guard let id = world.welkin.records.keys.sorted().randomElement(using: &random) else { return }
        world.welkin.put(
            id, at: start + .seconds(Int.random(in: 0...80_000, using: &random)),
            patient: Self.patient(of: id, in: world))
        putBack.insert(id)
    }

    /// The faults and changes of one run. Each is drawn beforehand, so that no order of tasks
    /// changes them.
    private mutating func arrange() {
        let first = world.welkin.requests.count
        let rate = [0, 0.05, 0.3].randomElement(using: &random)!
        var faults: [Int: FakeWelkin.Fault] = [:]
        var changes: [Int: (id: String, lateness: Int)] = [:]
        let churn = [0, 0.2, 0.6].randomElement(using: &random)!
        // An old answer without links, or with such that tell no window, tells nobody that it is one.
        let kinds = FakeWelkin.Fault.allCases.filter { ![.absent, .damaged].contains(links) || $0 != .repeated }
        for number in first..<(first + 600) {
            if random.chance(rate) { faults[number] = kinds.randomElement(using: &random)! }
            guard random.chance(churn) else { continue }
            // A record that is there changes, or a new one arrives; some late.
            let late = random.chance(0.4) ? Int.random(in: 0...Self.lateness, using: &random) : 0
            changes[number] = ("r\(Int.random(in: 0...80, using: &random))", late)
        }
        let world = world
        let isDated = random.chance(0.8)
        let drawn = (faults, changes)
        let dates: (@Sendable () -> Instant)? = isDated ? { @Sendable in world.clock.now } : nil
        world.welkin.change { (state: inout FakeWelkin.State) in
            state.now = dates
            state.fault = { drawn.0[$0] }
            state.before = { number, state in
                // Reading takes time too.
                world.clock.advance(by: .milliseconds(700))
                guard let change = drawn.1[number] else { return }
                // What changes again never gets an older time than it has.
                let instant = world.clock.now - .seconds(change.lateness)
                let known = state.records[change.id]?.updatedAt ?? instant
                state.put(change.id, at: max(instant, known), patient: Self.patient(of: change.id, in: world))
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
