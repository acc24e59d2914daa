import DataAPI
import Testing

@Suite("An answer")
struct LimitTests {
    static let slowAnswers = [
        StubAnswer(""), StubAnswer("HTTP/1.1 200 OK\r\n"),
        StubAnswer("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n{", .trickle),
    ]

    @Test("that comes too slowly is given up", .timeLimit(.minutes(1)), arguments: slowAnswers.indices)
    func slow(index: Int) async throws {
        let script: StubServer.Script = { _, number in number == 1 ? Self.slowAnswers[index] : .record }
        try await Harness.run(script) { harness in
            let (server, isTrickle) = (harness.server, index == 2)
            harness.time.limit { server.requests.count == 1 && (!isTrickle || server.trickled > 20) }
            let record = try await harness.client.get(.patients, id: "1")
            #expect(record.id == "1")
            #expect(server.requests.count == 2)
            #expect(
                harness.events.count {
                    if case .retrying(_, let error, _) = $0 { error.code == .timedOut } else { false }
                } == 1)
        }
        try await Harness.run({ _, _ in Self.slowAnswers[index] }) { harness in
            let server = harness.server
            harness.time.limit { server.requests.count == 1 }
            let failure = await Harness.failure { try await harness.client.delete(.unavailableTimes, id: "1") }
            #expect(failure?.code == .timedOut)
            #expect(failure?.mayHaveBeenReceived == true)
        }
    }

    @Test("that declares more bytes than the limit is refused before they come")
    func declared() async throws {
        let head = "HTTP/1.1 200 OK\r\nContent-Length: 104857600\r\n\r\n"
        try await Harness.run({ _, _ in StubAnswer(head) }) { harness in
            let failure = await Harness.failure { try await harness.client.page(FindRequest(.patients)) }
            #expect(failure?.code == .tooLarge)
            #expect(harness.server.requests.count == 1)
        }
    }

    @Test("that does not end is refused while it comes in")
    func flood() async throws {
        let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
        try await Harness.run(configure: { $0.maximumResponseBytes = 4 << 20 }, { _, _ in StubAnswer(head, .flood) }) {
            harness in
            let failure = await Harness.failure { try await harness.client.page(FindRequest(.patients)) }
            #expect(failure?.code == .tooLarge)
            // The limit, and what the sockets hold.
            #expect(harness.server.flooded < 32)
        }
    }

    @Test("just under the limit is taken")
    func underLimit() async throws {
        let body = #"{"data": [{"id": "1"}]}"#
        try await Harness.run(configure: { $0.maximumResponseBytes = body.utf8.count }, { _, _ in .json(body) }) {
            harness in
            // The token's answer is longer by a little.
            let failure = await Harness.failure { try await harness.client.authenticate() }
            #expect(failure?.code == .tooLarge)
        }
        let token: StubServer.Script = { _, _ in .json(#"{"access_token":"t"}"#) }
        try await Harness.run(
            token: token, configure: { $0.maximumResponseBytes = body.utf8.count }, { _, _ in .json(body) }
        ) { harness in
            let page = try await harness.client.page(FindRequest(.patients))
            #expect(page.records.count == 1)
        }
    }

    @Test("that is HTML is an error that says so, and not asked for again")
    func html() async throws {
        let answer = StubAnswer.status(200, "<html>Sign in</html>", type: "Text/HTML; charset=utf-8")
        try await Harness.run({ _, _ in answer }) { harness in
            let failure = await Harness.failure { try await harness.client.page(FindRequest(.patients)) }
            #expect(failure?.code == .notJSON)
            #expect(failure?.description == "not_json (find patients), status 200, answered with text/html")
            #expect(await Harness.failure { try await harness.client.get(.patients, id: "1") }?.code == .notJSON)
            #expect(harness.server.requests.count == 2)
        }
    }

    @Test("without what it should hold is malformed", arguments: ["{}", "[]", #"{"data": null}"#, #"{"data": 7}"#])
    func malformed(body: String) async throws {
        try await Harness.run({ _, _ in .json(body) }) { harness in
            #expect(await Harness.failure { try await harness.client.page(FindRequest(.patients)) }?.code == .malformed)
            #expect(await Harness.failure { try await harness.client.get(.patients, id: "1") }?.code == .malformed)
        }
    }

    @Test("that redirects is not followed, to no host")
    func redirect() async throws {
        try await Harness.run({ _, _ in .record }) { other in
            let location = "Location: \(other.server.origin)/v1/patients/1"
            try await Harness.run({ _, _ in .status(307, headers: [location]) }) { harness in
                let failure = await Harness.failure { try await harness.client.get(.patients, id: "1") }
                #expect(failure?.code == .redirected)
                #expect(harness.server.requests.count == 1)
                #expect(other.server.requests.isEmpty)
            }
        }
    }

    @Test("that calls the version deprecated or discontinued is told of once")
    func deprecated() async throws {
        let headers = ["X-API-Deprecated: true", "X-Current-API-Version: 2"]
        let script: StubServer.Script = { _, number in
            .status(200, #"{"data": {}}"#, headers: headers + (number > 2 ? ["X-API-Discontinued: 1"] : []))
        }
        try await Harness.run(script) { harness in
            for _ in 0..<4 { _ = try await harness.client.get(.patients, id: "1") }
            #expect(harness.events.count { if case .versionDeprecated = $0 { true } else { false } } == 1)
            #expect(harness.events.count { if case .versionDiscontinued = $0 { true } else { false } } == 1)
            #expect(
                harness.events.count { if case .answered("patients", 200, 12, _) = $0 { true } else { false } } == 4)
        }
    }
}
