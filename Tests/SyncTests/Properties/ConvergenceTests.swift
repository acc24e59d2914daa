import Testing

/// One after the other: together they would keep all other tests from their time.
@Suite("After the faults stop", .serialized)
struct ConvergenceTests {
    @Test("the replica equals the source, whatever the data, pages, faults, changes and crashes", arguments: 0..<400)
    func converges(seed: UInt64) async throws {
        var scenario = try Scenario(seed: seed)
        let wrong = try await scenario.run()
        #expect(wrong == "", "seed \(seed): \(scenario.kind)")
    }
}
