import DataAPI
import Replica
import Sync
import Synchronization
import Testing

@Suite("Several streams")
struct EngineTests {
    /// Answers each resource by its own fake; refuses the others.
    struct Router: PageSource {
        let fakes: [String: FakeWelkin]
        var onPage: @Sendable (FindRequest) async -> Void = { _ in }

        static func refusal(_ resource: String) -> DataAPIError {
            var error = DataAPIError(.forbidden)
            error.resource = resource
            return error
        }

        func page(_ request: FindRequest) async throws -> Page {
            await onPage(request)
            guard let fake = fakes[request.resource.name] else { throw Self.refusal(request.resource.name) }
            return try await fake.page(request)
        }

        func record(_ resource: Resource, id: String) async throws -> Record? {
            try await fakes[resource.name]?.record(resource, id: id)
        }

        func isReachable() async -> Bool {
            for fake in fakes.values where await fake.isReachable() { return true }
            return false
        }
    }

    static let resources: [Resource] = [.patients, .visits, .calls, .workers]

    private func fakes(_ resources: [Resource]) -> [String: FakeWelkin] {
        Dictionary(
            uniqueKeysWithValues: resources.map { resource in
                let fake = FakeWelkin(resource)
                fake.change { $0.now = { TestClock().now } }
                for index in 0..<12 { fake.put("\(index)", at: PullTests.day + .seconds(index)) }
                return (resource.name, fake)
            })
    }

    @Test("have their own results, in order; one that fails stops no other", arguments: [1, 3, 9])
    func failure(jobs: Int) async throws {
        let world = try World()
        let source = Router(fakes: fakes([.patients, .calls, .workers]))
        let engine = SyncEngine(
            source: source, store: world.replica, settings: World.settings, now: { world.clock.now })
        let results = await engine.pull(Self.resources.map { SyncStream($0) }, jobs: jobs)
        #expect(results.map(\.stream.resource) == Self.resources.map(\.name))
        #expect(results.map(\.counts.inserted) == [12, 0, 12, 12])
        #expect(results[1].outcome == .failed(.api(Router.refusal("visits"))))
        let status = try await world.replica.status().first { $0.stream.resource == "visits" }
        #expect(status?.lastErrorCode == "forbidden" && status?.lastFailure == world.clock.now)
        let good = try await world.replica.status().first { $0.stream.resource == "calls" }
        #expect(good?.lastSuccess == world.clock.now && good?.lastCounts.inserted == 12)
    }

    @Test("are pulled as many at once as there are jobs, and no more", arguments: [1, 2, 3])
    func jobs(count: Int) async throws {
        let world = try World()
        let running = Mutex<Set<String>>([])
        let most = Mutex(0)
        let source = Router(
            fakes: fakes(Self.resources),
            onPage: { request in
                let number = running.withLock {
                    $0.insert(request.resource.name); return $0.count
                }
                most.withLock { $0 = max($0, number) }
                // The others of this batch get their turn.
                for _ in 0..<100 where running.withLock({ $0.count < count }) { await Task.yield() }
            })
        let engine = SyncEngine(
            source: source, store: world.replica, settings: World.settings, now: { world.clock.now },
            onEvent: { if case .ended(let stream, _) = $0 { running.withLock { _ = $0.remove(stream.resource) } } })
        let results = await engine.pull(Self.resources.map { SyncStream($0) }, jobs: count)
        #expect(results.allSatisfy { $0.outcome == .done })
        #expect(most.withLock { $0 } <= count)
    }

    @Test("that are stopped have taken in the page at hand, and go on from there")
    func stopped() async throws {
        let world = try World()
        let fakes = fakes([.patients])
        let task = Mutex<Task<[PullResult], Never>?>(nil)
        let entered = Mutex(0)
        let source = Router(
            fakes: fakes,
            onPage: { _ in
                guard
                    entered.withLock({
                        $0 += 1; return $0
                    }) == 3
                else { return }
                while task.withLock({ $0 == nil }) { await Task.yield() }
                task.withLock { $0?.cancel() }
            })
        let engine = SyncEngine(
            source: source, store: world.replica, settings: World.settings, now: { world.clock.now })
        let run = Task { await engine.pull([SyncStream(.patients), SyncStream(.calls)], jobs: 1) }
        task.withLock { $0 = run }
        let results = await run.value
        #expect(results.map(\.outcome) == [.stopped, .notBegun])
        // The third page was under way, and may have come in before the news.
        #expect((2...3).contains(results[0].pages))
        let state = try await world.replica.state(of: StreamID(resource: "patients"))
        #expect(state.cursor == nil && state.place != nil)
        let status = try await world.replica.status().first { $0.stream.resource == "patients" }
        #expect(status?.rows == results[0].counts.inserted && status?.lastFailure == nil)
        #expect(await engine.pull([SyncStream(.patients)])[0].outcome == .done)
    }

    @Test("that are to stop finish the page that each has on its way, and ask for no further one", arguments: [1, 2])
    func gentleStop(jobs: Int) async throws {
        let world = try World()
        let stop = StopFlag()
        let asked = Mutex<[String: Int]>([:])
        let source = Router(
            fakes: fakes([.patients, .calls, .workers]),
            onPage: { request in
                let name = request.resource.name
                let number = asked.withLock {
                    $0[name, default: 0] += 1
                    return $0[name]!
                }
                guard number == 2 else { return }
                // All that run have their second page on its way when the wish comes.
                while asked.withLock({ $0.values.count { $0 == 2 } < jobs }) { await Task.yield() }
                stop.raise()
            })
        let engine = SyncEngine(
            source: source, store: world.replica, settings: World.settings, now: { world.clock.now }, stop: stop)
        let streams = [Resource.patients, .calls, .workers].map { SyncStream($0) }
        let results = await engine.pull(streams, jobs: jobs)
        #expect(results.map(\.outcome) == (0..<3).map { $0 < jobs ? .stopped : .notBegun })
        #expect(results.map(\.pages) == (0..<3).map { $0 < jobs ? 2 : 0 })
        #expect(asked.withLock { Array($0.values) } == Array(repeating: 2, count: jobs))
        for (stream, result) in zip(streams, results) where result.pages > 0 {
            let status = try await world.replica.status().first { $0.stream == stream.id }
            #expect(status?.rows == result.counts.inserted && result.counts.inserted > 4)
            #expect(status?.lastFailure == nil && status?.lastSuccess == nil)
            let state = try #require(status?.state)
            #expect(state.cursor == nil && state.place != nil)
        }
        #expect(await engine.verify(streams, fingerprint: { $0 }).map(\.outcome) == [.notBegun, .notBegun, .notBegun])
        let again = SyncEngine(
            source: Router(fakes: source.fakes), store: world.replica, settings: World.settings,
            now: { world.clock.now })
        #expect(await again.pull(streams).allSatisfy { $0.outcome == .done })
        #expect(try await world.replica.status().map(\.rows) == [12, 12, 12])
    }

    /// How the streams of a run ended, and how often it gave up.
    private func pull(_ source: some PageSource, _ world: World, jobs: Int = 1) async -> (
        [Outcome], gaveUp: [StreamFailure]
    ) {
        let ends = Mutex<[StreamFailure]>([])
        let engine = SyncEngine(
            source: source, store: world.replica, settings: World.settings, now: { world.clock.now },
            onEvent: { if case .gaveUp(let failure) = $0 { ends.withLock { $0.append(failure) } } })
        let results = await engine.pull(Self.resources.map { SyncStream($0) }, jobs: jobs)
        return (results.map(\.outcome), ends.withLock { $0 })
    }

    /// What all requests for these resources fail with.
    private struct Failing: PageSource {
        let router: Router
        let code: DataAPIError.Code
        let resources: Set<String>
        var isToken = false

        func page(_ request: FindRequest) async throws -> Page {
            guard resources.contains(request.resource.name) else { return try await router.page(request) }
            var error = DataAPIError(code)
            error.resource = isToken ? nil : request.resource.name
            throw error
        }

        func record(_ resource: Resource, id: String) async throws -> Record? { nil }
        func isReachable() async -> Bool { await router.isReachable() }
    }

    @Test("end with the first whose failure would be that of all", arguments: [1, 2])
    func givesUp(jobs: Int) async throws {
        let router = Router(fakes: fakes(Self.resources))
        let all = Set(Self.resources.map(\.name))
        for fake in router.fakes.values { fake.change { $0.isReachable = false } }
        for (code, isToken) in [
            (DataAPIError.Code.credentialsRefused, true), (.connection, false), (.timedOut, false),
            (.serverError, true),
        ] {
            let world = try World()
            let source = Failing(router: router, code: code, resources: all, isToken: isToken)
            let (outcomes, gaveUp) = await pull(source, world, jobs: jobs)
            #expect(gaveUp.map(\.code) == [code.rawValue])
            #expect(outcomes.count { $0.code == code.rawValue } >= 1)
            #expect(outcomes.suffix(4 - jobs).allSatisfy { $0 == .notBegun }, "\(outcomes)")
        }
    }

    @Test("go on where one alone breaks off, or all have failures of their own")
    func goesOn() async throws {
        let router = Router(fakes: fakes(Self.resources))
        for code in [DataAPIError.Code.connection, .timedOut, .serverError, .forbidden, .unauthorized] {
            let world = try World()
            let (outcomes, gaveUp) = await pull(Failing(router: router, code: code, resources: ["patients"]), world)
            #expect(outcomes.map(\.code) == [code.rawValue, nil, nil, nil] && gaveUp.isEmpty)
        }
        let world = try World()
        let all = Set(Self.resources.map(\.name))
        let (outcomes, gaveUp) = await pull(Failing(router: router, code: .serverError, resources: all), world)
        #expect(outcomes.allSatisfy { $0.code == "server_error" } && gaveUp.isEmpty)
    }

    @Test("with nothing new cost one request each: one a resource, and one a value of a required filter")
    func nothingNew() async throws {
        let world = try World()
        let plan = StreamPlan(of: Catalogue.resources, filterValues: ["audit_logs": ["login", "logout"]])
        let names = plan.streams.map(\.resource.name)
        // 27 resources, and audit logs twice.
        #expect(names.count == Catalogue.resources.count)
        let asked = Mutex<[FindRequest]>([])
        let fakes = Dictionary(
            Set(names).map { name -> (String, FakeWelkin) in
                let fake = FakeWelkin(Catalogue.resource(named: name)!)
                fake.change { $0.now = { world.clock.now } }
                for index in 0..<3 { fake.put("\(index)", at: PullTests.day + .seconds(index)) }
                return (name, fake)
            }, uniquingKeysWith: { $1 })
        let source = Router(fakes: fakes, onPage: { request in asked.withLock { $0.append(request) } })
        let engine = SyncEngine(
            source: source, store: world.replica, settings: World.settings, now: { world.clock.now })
        _ = await engine.pull(plan.streams, jobs: 4)
        asked.withLock { $0 = [] }
        world.clock.advance(by: .seconds(3600))
        let results = await engine.pull(plan.streams, jobs: 4)
        #expect(results.allSatisfy { $0.outcome == .done && $0.counts.inserted + $0.counts.updated == 0 })
        let requests = asked.withLock { $0 }
        #expect(requests.map(\.resource.name).sorted() == names.sorted())
        #expect(Set(requests.filter { $0.resource == .auditLogs }.map(\.filters)).count == 2)
    }

    @Test("that are to stop at a window's last page are done")
    func stopAtTheEnd() async throws {
        let world = try World()
        let stop = StopFlag()
        let source = Router(fakes: fakes([.patients]), onPage: { _ in stop.raise() })
        let settings = SyncSettings(overlap: .seconds(60), settle: .seconds(5), pageSize: 100)
        let engine = SyncEngine(
            source: source, store: world.replica, settings: settings, now: { world.clock.now }, stop: stop)
        let result = await engine.pull([SyncStream(.patients)])[0]
        #expect(result.outcome == .done && result.counts.inserted == 12)
        #expect(try await world.replica.state(of: StreamID(resource: "patients")).cursor != nil)
    }

    @Test("are previewed without a trace in the replica")
    func preview() async throws {
        let world = try World()
        for index in 0..<10 { world.welkin.put("p\(index)", at: PullTests.day + .seconds(60 * index)) }
        let first = await world.engine().preview([world.stream])[0]
        #expect(first.outcome == .done && first.counts.inserted >= 10)
        #expect(try await world.replica.status().isEmpty)
        _ = await world.pull()
        world.clock.advance(by: .seconds(3600))
        world.welkin.put("p3", at: world.clock.now - .seconds(600))
        world.welkin.put("new", at: world.clock.now - .seconds(500))
        let (state, rows) = (try await world.state(), try await world.rows())
        let second = await world.engine().preview([world.stream])[0]
        #expect(second.counts == CommitCounts(inserted: 1, updated: 1))
        #expect(try await world.state() == state)
        #expect(try await world.rows() == rows)
        let status = try await world.replica.status()[0]
        #expect(status.lastCounts.inserted == 10)
    }

    @Test("tell how far they are, from 0 to 1, and name nobody")
    func progress() async throws {
        let world = try World()
        for index in 0..<20 {
            world.welkin.put("secret-\(index)", at: PullTests.day + .seconds(60 * index), note: "Ms Doe")
        }
        // One page at a time.
        var settings = World.settings
        settings.readAhead = 1
        _ = await world.pull(settings)
        let progress = world.events.compactMap { if case .progress(_, let progress) = $0 { progress } else { nil } }
        let fractions = progress.compactMap(\.fraction)
        #expect(fractions == fractions.sorted() && fractions.first! < 1 && fractions.last == 1)
        #expect(progress.map(\.pages) == Array(1...progress.count))
        #expect(progress.last?.counts.inserted == 20)
        let text = "\(world.events)"
        #expect(!text.contains("secret") && !text.contains("Doe"))
    }
}
