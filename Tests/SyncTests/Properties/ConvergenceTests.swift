import Testing

/// One after the other: together they would keep all other tests from their time.
@Suite("After the faults stop", .serialized)
struct ConvergenceTests {
    /// The last ones once lost records: an answer to the request before made the walk leap to its window's beginning.
    @Test(
        "the replica equals the source, whatever the data, pages, faults, changes and crashes",
        arguments: Array(0..<400) + [1000, 2417])
    func converges(seed: UInt64) async throws {
        var scenario = try Scenario(seed: seed)
        let wrong = try await scenario.run()
        #expect(wrong == "", "seed \(seed): \(scenario.kind)")
    }
}
