import DataAPI
import Foundation
import Synchronization
import Testing
import Tokens

@Suite("The code in the articles of DataAPI.docc")
struct SnippetTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// The blocks of a text between two marks, each a line of its own.
    private func blocks(of text: String, from start: (Substring) -> Bool, to end: Substring) -> [String] {
        var (blocks, current): ([String], [Substring]?) = ([], nil)
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line == end, let lines = current {
                blocks.append(lines.joined(separator: "\n"))
                current = nil
            } else if current == nil, start(line) {
                current = []
            } else {
                current?.append(line)
            }
        }
        return blocks
    }

    @Test("is what is compiled and run here", arguments: ["FirstFind", "RetriesAndBudgets"])
    func compare(name: String) throws {
        let article = Self.root.appending(path: "Sources/DataAPI/DataAPI.docc/\(name).md")
        let snippets = Self.root.appending(path: "Tests/DataAPITests/Snippets/\(name).swift")
        let told = blocks(of: try String(contentsOf: article, encoding: .utf8), from: { $0 == "```swift" }, to: "```")
        let run = blocks(
            of: try String(contentsOf: snippets, encoding: .utf8), from: { $0.hasPrefix("// snippet: ") }, to: "// end")
        #expect(told == run)
        #expect(!told.isEmpty)
    }

    @Test("stands in no other page of the catalogue")
    func complete() throws {
        let folder = Self.root.appending(path: "Sources/DataAPI/DataAPI.docc")
        for page in try FileManager.default.contentsOfDirectory(atPath: folder.path) where page.hasSuffix(".md") {
            let text = try String(contentsOf: folder.appending(path: page), encoding: .utf8)
            #expect(["FirstFind.md", "RetriesAndBudgets.md"].contains(page) || !text.contains("```"))
        }
    }

    /// Two pages, the second behind the first's link.
    private static let twoPages: StubServer.Script = { _, number in
        number == 1
            ? .json(
                #"""
                {"data": [{"id": "1", "phase": "enrolled"}, {"id": "2"}],
                 "links": {"next": {"meta": {"page[from]": "2026-01-02T03:04:05.000001+00:00"}}}}
                """#)
            : .json(#"{"data": [{"id": "3", "phase": "enrolled"}], "links": {}}"#)
    }

    @Test("finds all pages, and shuts the client down")
    func find() async throws {
        try await Harness.run(Self.twoPages) { harness in
            let origin = harness.server.origin
            let counts = try await countByPhase(harness.client)
            #expect(counts == ["enrolled": 2, "none": 1])
            // From the third request on, there is one page.
            let others = try await countByPhase(id: "client", secret: Harness.secret, origin: origin)
            #expect(others == ["enrolled": 1])
        }
    }

    @Test("shuts the client down after an error, too")
    func failing() async throws {
        try await Harness.run({ _, _ in .status(403) }) { harness in
            let error = try #require(
                await Harness.failure {
                    try await countByPhase(id: "client", secret: Harness.secret, origin: harness.server.origin)
                })
            #expect(error.code == .forbidden)
            #expect(advice(for: error).contains("scope"))
        }
    }

    @Test("reads fields, in a window")
    func fields() async throws {
        let visits = #"""
            {"data": [{"id": "1", "start_time": "2026-01-02T03:00:00Z", "end_time": null, "calendar_event_id": "7"},
                      {"id": "2"}], "links": {}}
            """#
        try await Harness.run({ _, _ in .json(visits) }) { harness in
            let start = try #require(Instant("2026-01-01"))
            let times = try await DataAPITests.visits(since: start, harness.client)
            #expect(times.count == 1 && times[0].end == nil && times[0].hasEvent)
            #expect(harness.server.requests[0].target.hasSuffix("&page%5Bsize%5D=200"))
        }
    }

    @Test("sorts the readable from the rest")
    func items() throws {
        let body = Array(#"{"data": [{"id": "1"}, 7], "links": {}}"#.utf8)
        let page = try Page(parsing: body, answering: FindRequest(.patients), origin: .welkin)
        var (kept, aside): ([String?], [String]) = ([], [])
        sort(page, keep: { kept.append($0.id) }, setAside: { aside.append(String(decoding: $0, as: UTF8.self)) })
        #expect(kept == ["1"] && aside == ["7"])
    }

    @Test("goes on from the place that it gave")
    func place() async throws {
        try await Harness.run(Self.twoPages) { harness in
            var ids: [String?] = []
            let place = try #require(try await readPage(at: nil, harness.client) { ids.append($0.id) })
            let end = try await readPage(at: place, harness.client) { ids.append($0.id) }
            #expect(end == nil)
            #expect(ids == ["1", "2", "3"])
        }
    }

    @Test("keeps the token")
    func token() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try await Harness.run(configure: { keepToken(&$0, in: folder.path) }, { _, _ in .record }) { harness in
            try await harness.client.authenticate()
            #expect(FileManager.default.fileExists(atPath: folder.appending(path: "token").path))
        }
    }

    @Test("gives up sooner, waits as it says, and tells of it")
    func retries() async throws {
        #expect(firstWaits(RetryPolicy()) == [1, 2, 4, 8, 16].map { .seconds($0) })
        let log = Mutex<[String]>([])
        let configure: (inout ClientSettings) -> Void = { settings in
            giveUpSooner(&settings)
            settings.requestTimeout = TestTime.requestTimeout
            watch(&settings) { line in log.withLock { $0.append(line) } }
        }
        try await Harness.run(configure: configure, { _, _ in .status(503) }) { harness in
            let error = try #require(await Harness.failure { try await harness.client.get(.patients, id: "1") })
            #expect(error.attempts == 3)
            #expect(log.withLock { $0.count { $0.hasPrefix("server_error") } } == 2)
            #expect(advice(for: error) == "Try again later.")
        }
    }

    @Test("tells writes that were not done from those that may have been")
    func writes() async throws {
        let body = Array(#"{"phase": "enrolled"}"#.utf8)
        let answers: [StubAnswer] = [.record, .status(422), .status(500)]
        try await Harness.run({ _, number in answers[number - 1] }) { harness in
            guard case .done = try await update(body, of: "1", harness.client),
                case .notDone = try await update(body, of: "1", harness.client),
                case .unknown = try await update(body, of: "1", harness.client)
            else {
                Issue.record("another outcome")
                return
            }
        }
    }

    @Test("shares a budget")
    func budget() async throws {
        try await Harness.run({ _, _ in .record }) { harness in
            var settings = ClientSettings(
                origin: harness.server.origin, clientID: "client", secret: Secret(Harness.secret))
            settings.time = harness.time.source
            settings.requestTimeout = TestTime.requestTimeout
            let (one, other) = makeClients(settings, settings)
            let records = [try await one.get(.patients, id: "1"), try await other.get(.patients, id: "1")]
            #expect(records.map(\.id) == ["1", "1"])
            try await one.shutdown()
            try await other.shutdown()
        }
    }
}
