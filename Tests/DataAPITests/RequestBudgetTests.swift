import DataAPI
import Synchronization
import Testing

@Suite("The request budget")
struct RequestBudgetTests {
    @Test("lets no more than so many requests run at a time, and all of them in the end")
    func concurrent() async throws {
        let budget = RequestBudget(concurrent: 3)
        let gauge = Gauge()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<200 {
                group.addTask {
                    try await budget.withSlot {
                        gauge.enter()
                        await Task.yield()
                        gauge.leave()
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(gauge.most == 3)
        #expect(gauge.done == 200)
    }

    @Test("spaces their starts evenly, and catches up nothing after a pause")
    func rate() async throws {
        let time = TestTime()
        let budget = RequestBudget(concurrent: 1, perSecond: 10, time: time.source)
        for _ in 0..<3 { try await budget.withSlot {} }
        #expect(time.slept == [.milliseconds(100), .milliseconds(100)])
        time.advance(by: .seconds(60))
        for _ in 0..<2 { try await budget.withSlot {} }
        #expect(time.slept.count == 3)
    }

    @Test("holds off all requests when Welkin asks one to wait")
    func holdOff() async throws {
        let time = TestTime()
        let budget = RequestBudget(concurrent: 2, time: time.source)
        budget.holdOff(for: .seconds(7))
        budget.holdOff(for: .seconds(3))
        try await budget.withSlot {}
        try await budget.withSlot {}
        #expect(time.slept == [.seconds(7)])
    }

    @Test("forgets who was cancelled while waiting, and serves the others")
    func cancellation() async throws {
        let budget = RequestBudget(concurrent: 1)
        let (gate, open) = AsyncStream<Void>.makeStream()
        let first = Task {
            try await budget.withSlot { for await _ in gate { break } }
        }
        let waiting = (0..<10).map { _ in Task { try await budget.withSlot { true } } }
        for task in waiting[..<5] { task.cancel() }
        for task in waiting[..<5] {
            await #expect(throws: CancellationError.self) { try await task.value }
        }
        open.yield()
        try await first.value
        for task in waiting[5...] { _ = try await task.value }
    }

    @Test("gives its slot back when a request fails")
    func failure() async throws {
        let budget = RequestBudget(concurrent: 1)
        for _ in 0..<3 {
            await #expect(throws: DataAPIError.self) {
                try await budget.withSlot { throw DataAPIError(.connection) }
            }
        }
    }

    @Test("is shared by all calls of a client")
    func client() async throws {
        try await Harness.run(
            configure: { $0.budget = RequestBudget(concurrent: 1, perSecond: 2, time: $0.time) }, { _, _ in .record }
        ) { harness in
            for _ in 0..<3 { _ = try await harness.client.get(.patients, id: "1") }
            // Four starts with the token's.
            #expect(harness.time.slept == [.milliseconds(500), .milliseconds(500), .milliseconds(500)])
        }
    }
}

/// Counts who is inside.
private final class Gauge: Sendable {
    private let state = Mutex<(now: Int, most: Int, done: Int)>((0, 0, 0))

    var most: Int { state.withLock { $0.most } }
    var done: Int { state.withLock { $0.done } }

    func enter() {
        state.withLock {
            $0.now += 1
            $0.most = max($0.most, $0.now)
        }
    }

    func leave() {
        state.withLock {
            $0.now -= 1
            $0.done += 1
        }
    }
}
