import DataAPI
import Replica
import Sync
import Testing

@Suite("A verification")
struct VerifyTests {
    static let day = Instant("2026-01-01T00:00:00Z")!

    private func pulled(_ count: Int = 30, _ resource: Resource = .patients) async throws -> World {
        let world = try World(resource)
        for index in 0..<count { world.welkin.put("p\(index)", at: Self.day + .seconds(60 * index)) }
        #expect(await world.pull().outcome == .done)
        return world
    }

    /// Puts a version of a record into the replica, as if a pull had brought it.
    private func plant(_ text: String, in world: World) async throws {
        let record = try #require(Record(parsing: Array(text.utf8)))
        _ = try await world.replica.commit(
            PageCommit(
                resource: world.stream.resource, items: [.record(record)], receivedAt: world.clock.now,
                next: world.state()))
    }

    @Test("finds nothing where nothing differs, and looks at no record twice")
    func clean() async throws {
        let world = try await pulled()
        let result = await world.verify()
        #expect(result.isClean && result.compared >= 30)
        #expect(world.welkin.looks == 0)
    }

    @Test("counts what is missing, stale, newer, wrongly deleted and extra, each once")
    func drift() async throws {
        let world = try await pulled()
        for index in [3, 4] { world.welkin.put("q\(index)", at: Self.day + .seconds(60 * index + 1)) }
        world.welkin.put("p5", at: Self.day + .seconds(60 * 5 + 1))
        try await plant(#"{"id": "p6", "updated_at": "2026-01-01T20:00:00Z", "note": "from nowhere"}"#, in: world)
        _ = try await world.replica.markDeleted(["p7"], of: "patients", at: world.clock.now)
        world.welkin.change { $0.records["p8"] = nil }
        let result = await world.verify()
        #expect(result.outcome == .done)
        #expect(result.drift == [.missing: 2, .stale: 1, .newer: 1, .deleted: 1, .extra: 1])
        #expect(!result.isClean && result.repaired == 0)
        let told = world.events.compactMap { if case .difference(_, _, let text) = $0 { text } else { nil } }
        #expect(told == Array(repeating: "#2", count: 6))
    }

    @Test("repairs what differs, as Welkin has it")
    func repair() async throws {
        let world = try await pulled()
        world.welkin.put("q1", at: Self.day + .seconds(61))
        world.welkin.put("p5", at: Self.day + .seconds(60 * 5 + 1))
        _ = try await world.replica.markDeleted(["p7"], of: "patients", at: world.clock.now)
        world.clock.advance(by: .seconds(1))
        world.welkin.change { $0.records["p8"] = nil }
        // Restored from a backup.
        try await plant(#"{"id": "p6", "updated_at": "2026-01-01T20:00:00Z", "note": "from nowhere"}"#, in: world)
        let state = try await world.state()
        #expect(await world.verify(Repair()).repaired == 5)
        #expect(try await world.rows() == world.expected)
        #expect(try await world.replica.record("p8", of: "patients")?.deletedAt == world.clock.now)
        #expect(try await world.state() == state)
        #expect(await world.verify().isClean)
    }

    @Test("does not take a record that changes or goes meanwhile for a difference")
    func meanwhile() async throws {
        let world = try await pulled()
        world.welkin.put("q1", at: Self.day + .seconds(61))
        world.welkin.put("q2", at: Self.day + .seconds(62))
        let now = world.clock.now
        world.welkin.change {
            $0.beforeLook = { state in
                if state.records["q1"]?.updatedAt != now { state.put("q1", at: now) }
                state.records["q2"] = nil
            }
        }
        #expect(await world.verify().isClean)
    }

    @Test("leaves what is younger than the last pull to the next one")
    func younger() async throws {
        let world = try await pulled()
        world.clock.advance(by: .seconds(60))
        world.welkin.put("new", at: world.clock.now)
        // Has left the window; its old version is here and is not extra.
        world.welkin.put("p3", at: world.clock.now)
        #expect(await world.verify().isClean)
    }

    @Test("takes other spaces and another order for the same, and other content for stale")
    func content() async throws {
        let world = try await pulled(9, .alerts)
        world.welkin.change { $0.records["p2"]?.bytes = #"{"version":1,  "note":"", "id":"p2"}"# }
        #expect(await world.verify().isClean)
        world.welkin.change { $0.records["p2"]?.bytes = #"{"version":2,  "note":"", "id":"p2"}"# }
        #expect(await world.verify(Repair()).drift == [.stale: 1])
        #expect(try await world.rows() == world.expected)
    }

    @Test("does not report what differs from look to look")
    func signedAddress() async throws {
        let world = try await pulled(3, .fileUploads)
        world.welkin.change {
            $0.records["p1"]?.bytes = #"{"id": "p1", "url": "https://files.example/?signature=1"}"#
            $0.beforeLook = { $0.records["p1"]?.bytes = #"{"id": "p1", "url": "https://files.example/?signature=2"}"# }
        }
        #expect(await world.verify().isClean)
    }

    @Test(
        "marks up to ten rows or one in twenty as deleted",
        arguments: [
            (40, 10, false),
            (40, 11, true),
            (260, 13, false),
            (260, 14, true),
            (8, 8, true),
            (8, 5, true),
            (8, 4, false),
            (1, 1, true),
            (2, 1, false),
            (2, 2, true),
            (3, 2, false),
            (3, 3, true),
            (20, 10, false),
            (20, 11, true),
        ])
    func brake(rows: Int, gone: Int, isBraked: Bool) async throws {
        let world = try await pulled(rows)
        world.welkin.change { state in for index in 0..<gone { state.records["p\(index)"] = nil } }
        let result = await world.verify(Repair())
        #expect(result.drift == [.extra: gone])
        #expect(result.isBraked == isBraked && result.repaired == (isBraked ? 0 : gone))
        #expect(try await world.rows().count == (isBraked ? rows : rows - gone))
        guard isBraked else { return }
        #expect(await world.verify(Repair(allowsMassDeletion: true)).repaired == gone)
        #expect(try await world.rows() == world.expected)
    }

    @Test("looks at each row of a stream, also where a record does not say whose it is")
    func ownRows() async throws {
        let world = try World(.alerts, filter: Filter("alert_type", "app_message"))
        for index in 0..<10 { world.welkin.put("a\(index)", at: Self.day) }
        _ = await world.pull()
        #expect(try await world.status()?.rows == 10)
        world.welkin.change { $0.records["a3"] = nil }
        #expect(await world.verify(Repair()).drift == [.extra: 1])
        #expect(try await world.rows() == world.expected)
    }

    @Test("is not stopped by an id that cannot be asked for")
    func unaskable() async throws {
        let world = try await pulled(3)
        for id in ["a/b", "", "json:1", "x y"] where !id.isEmpty { world.welkin.put(id, at: Self.day + .seconds(7)) }
        world.welkin.change { $0.beforeLook = { _ in } }
        let missing = await world.verify(Repair())
        #expect(missing.outcome == .done && missing.drift == [.missing: 3] && missing.unconfirmed == 3)
        #expect(try await world.rows() == world.expected)
        world.welkin.change { $0.records["a/b"] = nil }
        let extra = await world.verify(Repair())
        #expect(extra.outcome == .done && extra.drift == [:] && extra.unconfirmed == 1, "never marked on a guess")
        #expect(try await world.rows()["a/b"] != nil)
    }

    @Test("takes an answer of another id for none")
    func renamed() async throws {
        let world = try await pulled(30)
        // By either id the API answers with the new one.
        world.welkin.change {
            $0.records["q3"] = $0.records["p3"]
            $0.records["q3"]?.bytes = #"{"id": "q3", "updated_at": "2026-01-01T00:03:00Z"}"#
            $0.records["p3"] = nil
            $0.beforeLook = { $0.records["p3"] = $0.records["q3"] }
        }
        let result = await world.verify(Repair())
        #expect(result.drift == [.missing: 1, .extra: 1] && result.repaired == 2)
        world.welkin.change { ($0.beforeLook, $0.records["p3"]) = ({ _ in }, nil) }
        #expect(await world.verify().isClean)
        #expect(try await world.rows() == world.expected)
    }

    @Test("fails where the first pull was not finished, and where Welkin does")
    func fails() async throws {
        let world = try World()
        world.welkin.put("p1", at: Self.day)
        #expect(await world.verify().outcome == .failed(.neverPulled))
        _ = await world.pull()
        world.welkin.change { $0.fault = { _ in .error } }
        let result = await world.verify(Repair())
        #expect(result.outcome == .failed(.unexpected("Failure")) && !result.isClean)
        #expect(try await world.rows().count == 1)
    }
}
