import DataAPI
import Testing
import Tokens

@Suite("Whether the API can be reached")
struct ReachTests {
    @Test("any answer says so, without a token", arguments: [200, 302, 401, 404, 500, 503])
    func answers(status: Int) async throws {
        try await Harness.run({ _, _ in .status(status) }) { harness in
            #expect(await harness.client.isReachable())
            #expect(harness.server.requests.map(\.target) == ["/"])
            #expect(harness.server.requests[0].headers["authorization"] == nil)
            #expect(harness.server.tokenRequests.isEmpty)
        }
    }

    @Test("a broken connection does not, and is not tried again")
    func broken() async throws {
        try await Harness.run({ _, _ in StubAnswer("", .reset) }) { harness in
            #expect(await harness.client.isReachable() == false)
            #expect(harness.server.requests.count == 1)
            #expect(harness.time.slept.isEmpty)
        }
    }

    @Test("silence does not, after ten seconds by the client's clock", .timeLimit(.minutes(1)))
    func silent() async throws {
        try await Harness.run({ _, _ in StubAnswer("") }) { harness in
            let server = harness.server
            harness.time.limit { server.requests.count == 1 }
            #expect(await harness.client.isReachable() == false)
        }
    }
}

@Suite("An API that is down for all")
struct FailureStreakTests {
    private func count(of harness: Harness, after failures: Int) async -> Int {
        for _ in 0..<failures {
            _ = await Harness.failure { try await harness.client.page(FindRequest(.patients)) }
        }
        return harness.server.requests.count
    }

    @Test("is asked once by each further request after three", arguments: [503, 429])
    func tired(status: Int) async throws {
        try await Harness.run({ _, _ in .status(status) }) { harness in
            #expect(await count(of: harness, after: 3) == 18)
            #expect(await count(of: harness, after: 4) == 22)
        }
    }

    @Test("is asked as often as ever once a request succeeded")
    func recovered() async throws {
        // The 19th request, which is the fourth page, is answered.
        try await Harness.run({ _, number in number == 19 ? .emptyPage : .status(503) }) { harness in
            #expect(await count(of: harness, after: 4) == 19)
            #expect(await count(of: harness, after: 1) == 25)
        }
    }

    @Test("is not one that refuses or cannot be reached")
    func others() async throws {
        try await Harness.run({ _, number in number <= 4 ? .status(404) : .status(503) }) { harness in
            #expect(await count(of: harness, after: 5) == 10)
        }
    }
}
