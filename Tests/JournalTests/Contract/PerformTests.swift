import Journal
import Testing

@Suite("Work on a journal")
struct PerformTests {
    private struct Refused: Error, Equatable {}

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
}
