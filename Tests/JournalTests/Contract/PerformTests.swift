import Journal
import Synchronization
import Testing

@Suite("Work on a journal")
struct PerformTests {
    private struct Refused: Error, Equatable {}

    /// How much work runs at the moment, and at most.
    private final class Running: Sendable {
        private let counts = Mutex((now: 0, most: 0))

        func change(_ body: (inout (now: Int, most: Int)) -> Void) { counts.withLock { body(&$0) } }
    }

    @Test("Is answered once what it added is kept", arguments: Backend.allCases, [Durability.reads, .writes])
    func kept(backend: Backend, durability: Durability) async throws {
        try await backend.withReopenableStore { open in
            let store = try await open()
            let answer = try await store.perform(durability) { transaction in
                transaction.add(Sample.entry())
                return 42
            }
            #expect(answer == 42)
            let other = try await open()
            #expect(try await other.all().map(\.entry) == [Sample.entry()])
            try await other.close()
            try await store.close()
        }
    }

    @Test("That fails loses its own entries and no others', and its error comes back", arguments: Backend.allCases)
    func fails(backend: Backend) async throws {
        try await backend.withStore { store in
            let results = await withTaskGroup(of: Bool.self) { group in
                for number in 0..<300 {
                    group.addTask {
                        do {
                            try await store.perform(number % 7 == 0 ? .writes : .reads) { transaction in
                                transaction.add(Sample.entry(number))
                                transaction.add(Sample.entry(number, route: "second"))
                                if number % 3 == 0 { throw Refused() }
                            }
                            return number % 3 != 0
                        } catch {
                            return number % 3 == 0 && error is Refused
                        }
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(results.allSatisfy { $0 } && results.count == 300)
            let times = try await store.all().map(\.entry.time)
            let kept = (0..<300).filter { $0 % 3 != 0 }.map { Sample.entry($0).time }
            #expect(times == kept.flatMap { [$0, $0] })
        }
    }

    @Test("That adds nothing is answered, too", arguments: Backend.allCases)
    func nothing(backend: Backend) async throws {
        try await backend.withStore { store in
            let answer = try await store.perform(.reads) { _ in 7 }
            #expect(answer == 7)
            let refuse: @Sendable (any JournalTransaction) throws -> Void = { _ in throw Refused() }
            await #expect(throws: Refused.self) { try await store.perform(.writes, refuse) }
            let entries = try await store.all()
            #expect(entries.isEmpty)
        }
    }

    @Test("Runs on one thread, one after the other", arguments: Backend.allCases)
    func oneThread(backend: Backend) async throws {
        try await backend.withStore { store in
            let running = Running()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<200 {
                    group.addTask {
                        try await store.perform(.reads) { transaction in
                            running.change { ($0.now, $0.most) = ($0.now + 1, max($0.most, $0.now + 1)) }
                            transaction.add(Sample.entry(number))
                            running.change { $0.now -= 1 }
                        }
                    }
                }
                try await group.waitForAll()
            }
            running.change { #expect($0.most == 1) }
        }
    }

    @Test("Is refused after the journal was closed; what waited before is done", arguments: Backend.allCases)
    func closed(backend: Backend) async throws {
        try await backend.withReopenableStore { open in
            let store = try await open()
            let waiting = (0..<50).map { number in
                Task { try await store.add(Sample.entry(number), .reads) }
            }
            for task in waiting { try await task.value }
            try await store.close()
            await #expect(throws: JournalError.closed) { try await store.add(Sample.entry(), .reads) }
            await #expect(throws: JournalError.closed) { try await store.all() }
            try await store.close()
            let again = try await open()
            #expect(try await again.all().count == 50)
            try await again.close()
        }
    }

    @Test("Of several users of one journal is kept, all of it", arguments: Backend.allCases)
    func several(backend: Backend) async throws {
        try await backend.withReopenableStore { open in
            var stores: [any JournalStore] = []
            for _ in 0..<4 { stores.append(try await open()) }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for (place, store) in stores.enumerated() {
                    for number in 0..<100 {
                        group.addTask {
                            try await store.add(
                                Sample.entry(number, worker: "w\(place)"), number % 10 == 0 ? .writes : .reads)
                        }
                    }
                }
                try await group.waitForAll()
            }
            let entries = try await stores[0].all()
            #expect(entries.count == 400 && Set(entries.map(\.number)).count == 400)
            for store in stores { try await store.close() }
        }
    }
}
