import DataAPI
import Testing

@Suite("A walk over pages")
struct CircleTests {
    private func request(_ token: Int) -> PageRequest {
        PageRequest(size: 4, further: [Filter("page[token]", "\(token)")])
    }

    @Test("that comes back to a page is found out, in a few rounds", arguments: 0..<12, 1..<12)
    func circle(before: Int, length: Int) {
        var detector = CircleDetector(from: request(0))
        var (step, isFound) = (0, false)
        while !isFound, step < 1000 {
            step += 1
            isFound = detector.closes(with: request(step < before ? step : before + (step - before) % length))
        }
        #expect(isFound && step <= 3 * (before + length) + 1)
    }

    @Test("that does not is never taken for one that does")
    func straight() {
        var detector = CircleDetector(from: request(0))
        let isFound = (1..<2000).contains { detector.closes(with: request($0)) }
        #expect(!isFound)
        // Nor the same page with more records.
        var larger = request(2000)
        _ = detector.closes(with: larger)
        larger.size = 8
        let isLargerFound = detector.closes(with: larger)
        #expect(!isLargerFound)
    }

    private static func page(_ token: String?) -> StubAnswer {
        let next = token.map { #""next": {"meta": {"page[token]": "\#($0)"}}"# } ?? ""
        return .json(#"{"data": [{"id": "1"}], "links": {\#(next)}}"#)
    }

    @Test("of the client ends with an error after the page")
    func client() async throws {
        try await Harness.run({ _, number in Self.page(number < 100 ? ["a", "b"][number % 2] : nil) }) { harness in
            var pages = 0
            let failure = await Harness.failure {
                for try await _ in harness.client.find(FindRequest(.patients)) { pages += 1 }
            }
            #expect(failure?.description == "stuck (find patients)")
            #expect(pages == harness.server.requests.count && (3...6).contains(pages))
        }
        try await Harness.run({ _, number in Self.page(number < 20 ? "\(number)" : nil) }) { harness in
            var pages = 0
            for try await _ in harness.client.find(FindRequest(.patients)) { pages += 1 }
            #expect(pages == 20)
        }
    }

    @Test("of the client asks again for a page whose answer belongs to another request, and gives up at last")
    func otherWindow() async throws {
        let asked = FindRequest(.patients, page: PageRequest(from: Instant("2026-01-01T00:00:00Z")!))
        let other = #"{"data": [{"id": "old"}], "links": {"current": {"meta": {"page[from]": "2025-01-01T00:00:00"}}}}"#
        let own = #"{"data": [{"id": "new"}], "links": {"current": {"meta": {"page[from]": "2026-01-01T00:00:00"}}}}"#
        try await Harness.run({ _, number in .json(number < 3 ? other : own) }) { harness in
            var ids: [String?] = []
            for try await page in harness.client.find(asked) { ids += page.records.map(\.id) }
            #expect(ids == ["new"])
        }
        try await Harness.run({ _, _ in .json(other) }) { harness in
            let failure = await Harness.failure { for try await _ in harness.client.find(asked) {} }
            #expect(failure?.description == "wrong_page (find patients)")
            #expect(harness.server.requests.count == 3)
        }
    }
}
