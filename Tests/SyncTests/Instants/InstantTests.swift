import DataAPI
import Replica
import Sync
import Testing

@Suite("More records of one instant than a page holds")
struct InstantTests {
    static let instant = Instant("2026-01-01T00:00:00.5Z")!

    /// Messages before, at and after the instant, of so many patients, behind pages of at most six records.
    private func world(
        _ resource: Resource = .smsMessages, together: Int, patients: Int = 10, paging: FakeWelkin.Paging = .last
    ) async throws -> World {
        let world = try World(resource)
        world.welkin.change { ($0.maximumPageSize, $0.paging) = (6, paging) }
        for index in 0..<9 {
            world.welkin.put("a\(index)", at: Self.instant - .seconds(10 - index), patient: "p0")
            world.welkin.put("c\(index)", at: Self.instant + .seconds(10 + index), patient: "p0")
        }
        for index in 0..<together { world.welkin.put("b\(index)", at: Self.instant, patient: "p\(index % patients)") }
        if resource != .patients { try await world.knowPatients((0..<patients).map { "p\($0)" }) }
        return world
    }

    private func unfinished(_ world: World) async throws -> [Instant]? { try await world.status()?.unfinished }

    @Test("are asked for by patient, and everything is in", arguments: FakeWelkin.Paging.allCases)
    func byPatient(paging: FakeWelkin.Paging) async throws {
        let world = try await world(together: 40, paging: paging)
        let result = await world.pull()
        #expect(result.outcome == .done && result.unfinished == 0)
        #expect(try await world.rows() == world.expected)
        #expect(try await unfinished(world) == [])
        #expect(try await world.state().cursor == world.clock.now - .seconds(5))
        #expect(world.events.contains { if case .unfinished(_, Self.instant) = $0 { true } else { false } })
    }

    @Test("do not keep what comes after them from coming, and are named until they are whole")
    func named() async throws {
        // The patient of one message is not known here.
        let world = try await world(together: 40)
        world.welkin.put("b40", at: Self.instant, patient: "stranger")
        world.welkin.change { $0.refusedFilter = Filter("patient_id", "p3") }
        let first = await world.pull()
        #expect(first.outcome == .done && first.unfinished == 1)
        #expect(try await unfinished(world) == [Self.instant])
        let missing = Set(world.expected.keys).subtracting(try await world.rows().keys)
        #expect(!missing.isEmpty && missing.isSubset(of: ["b3", "b13", "b23", "b33", "b40"]))
        // Nothing new, and still not whole.
        world.clock.advance(by: .seconds(3600))
        #expect(await world.pull().unfinished == 1)
        world.welkin.change { $0.refusedFilter = nil }
        try await world.knowPatients(["stranger"])
        world.clock.advance(by: .seconds(3600))
        #expect(await world.pull().unfinished == 0)
        #expect(try await world.rows() == world.expected)
        #expect(try await unfinished(world) == [])
    }

    @Test("are not proven whole where the patients are not all here, or a record has none")
    func unproven() async throws {
        for isUnknown in [true, false] {
            let world = try await world(together: 40, patients: 10)
            if isUnknown {
                // Known up to before the instant only.
                _ = try await world.replica.commit(
                    PageCommit(
                        resource: .patients, items: [], receivedAt: world.clock.now,
                        next: StreamState(cursor: Self.instant - .seconds(60))))
            } else {
                world.welkin.put("nobody's", at: Self.instant - .seconds(3600))
            }
            #expect(await world.pull().unfinished == 1, "\(isUnknown)")
            #expect(try await world.rows() == world.expected, "all of it is here nonetheless")
        }
    }

    @Test("are done when the page grows, or when enough of them have moved on")
    func grown() async throws {
        for isLarger in [true, false] {
            let world = try await world(.patients, together: 30)
            #expect(await world.pull().unfinished == 1)
            let now = world.clock.now
            world.welkin.change { state in
                guard !isLarger else { return state.maximumPageSize = 1000 }
                for index in 0..<26 { state.put("b\(index)", at: now + .seconds(1000 + index)) }
            }
            world.clock.advance(by: .seconds(3600))
            #expect(await world.pull().unfinished == 0)
            #expect(try await world.rows() == world.expected)
        }
    }

    @Test("that are here in an older version are asked for one by one where there is no filter")
    func oneByOne() async throws {
        let world = try await world(.patients, together: 0)
        for index in 0..<40 { world.welkin.put("b\(index)", at: Self.instant - .seconds(7200 + index)) }
        #expect(await world.pull().outcome == .done)
        // The bulk update.
        world.clock.advance(by: .seconds(3600))
        let now = world.clock.now - .seconds(60)
        for index in 0..<40 { world.welkin.put("b\(index)", at: now) }
        let result = await world.pull()
        #expect(result.outcome == .done && result.unfinished == 1, "a new one could be among them")
        #expect(try await world.rows() == world.expected)
    }

    @Test("take so many requests a run at most; the next run goes on where this one stopped", arguments: [3, 7])
    func budget(requests: Int) async throws {
        let world = try await world(together: 40)
        var settings = World.settings
        settings.instantRequests = 0
        #expect(await world.pull(settings).unfinished == 1)
        settings.instantRequests = requests
        var (runs, asked) = (0, world.welkin.requests.count)
        while try await unfinished(world) != [], runs < 20 {
            world.clock.advance(by: .seconds(3600))
            _ = await world.pull(settings)
            runs += 1
            let now = world.welkin.requests.count
            #expect(now - asked <= requests + 1, "the search's, and one for what is new")
            asked = now
        }
        // Of each run's, some go into asking for all of them at once.
        #expect(requests > 3 ? (2...4).contains(runs) : (8...12).contains(runs))
        #expect(try await world.rows() == world.expected)
    }

    @Test("share a run's requests fairly: the one that waits longest is first")
    func fair() async throws {
        let world = try await world(together: 40)
        let other = Self.instant + .seconds(5)
        for index in 0..<40 { world.welkin.put("d\(index)", at: other, patient: "p\(index % 10)") }
        var settings = World.settings
        settings.instantRequests = 0
        #expect(await world.pull(settings).unfinished == 2)
        settings.instantRequests = 8
        for _ in 0..<6 {
            world.clock.advance(by: .seconds(3600))
            _ = await world.pull(settings)
        }
        #expect(try await unfinished(world) == [])
        #expect(try await world.rows() == world.expected)
    }

    @Test("that fail to be asked for fail the run, and the next one goes on")
    func failing() async throws {
        let world = try await world(together: 40)
        var settings = World.settings
        settings.instantRequests = 0
        _ = await world.pull(settings)
        world.clock.advance(by: .seconds(3600))
        let count = world.welkin.requests.count
        world.welkin.change { $0.fault = { $0 == count + 6 ? .error : nil } }
        #expect(await world.pull().outcome.code == "unexpected")
        #expect(try await unfinished(world) == [Self.instant])
        let place = try await world.replica.unfinishedInstants(of: world.stream.id)[0].place
        #expect(place?.hasPrefix("patient_id/whole/p") == true)
        #expect(await world.pull().unfinished == 0)
        #expect(try await world.rows() == world.expected)
    }
}
