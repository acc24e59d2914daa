import DataAPI
import Testing
import Tokens

@Suite("A request that fails")
struct FailureTests {
    static let good = #"{"data": {"id": "1"}}"#
    static let label = Array(#"{"body": {}, "entity_id": "1"}"#.utf8)

    /// Every way in which a connection or an answer can break.
    static let breaks: [StubAnswer] = [
        StubAnswer("", .close), StubAnswer("", .reset),
        StubAnswer("HTTP/1.1 200 OK\r\nContent-Le", .reset),
        StubAnswer("HTTP/1.1 200 OK\r\nContent-Length: 21\r\n\r\n", .reset),
        StubAnswer("HTTP/1.1 200 OK\r\nContent-Length: 21\r\n\r\n{\"data\"", .reset),
        StubAnswer("HTTP/1.1 200 OK\r\nContent-Length: 21\r\n\r\n{\"data\"", .close),
        StubAnswer("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n7\r\n{\"data\"\r\n", .close),
        StubAnswer("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n7\r\n{\"data\"\r\n", .reset),
        StubAnswer("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{\"data\"", .close),
        StubAnswer("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n", .close),
        StubAnswer("what?\r\n\r\n", .close),
    ]

    @Test("by a broken connection or answer is sent again when it only reads", arguments: breaks.indices)
    func reads(index: Int) async throws {
        try await Harness.run({ _, number in number < 3 ? Self.breaks[index] : .json(Self.good) }) { harness in
            let record = try await harness.client.get(.patients, id: "1")
            #expect(record.id == "1")
            #expect(harness.server.requests.count == 3)
            #expect(harness.time.slept.count == 2)
        }
    }

    @Test("by a broken connection or answer is not sent again when it writes", arguments: breaks.indices)
    func writes(index: Int) async throws {
        try await Harness.run({ _, _ in Self.breaks[index] }) { harness in
            let failure = await Harness.failure { try await harness.client.create(.eventLabels, body: Self.label) }
            #expect(failure?.code == .connection || failure?.code == .truncated)
            #expect(failure?.mayHaveBeenReceived == true)
            #expect(harness.server.requests.count == 1)
        }
    }

    @Test("before it was sent is known not to have been received")
    func notSent() async throws {
        let server = try await StubServer { _, _ in .record }
        try await server.close()
        let time = TestTime()
        var settings = ClientSettings(origin: server.origin, clientID: "client", secret: Secret(Harness.secret))
        settings.time = time.source
        settings.requestTimeout = TestTime.requestTimeout
        settings.random = { 0.5 }
        let client = Client(settings)
        let failure = await Harness.failure { try await client.authenticate() }
        try await client.shutdown()
        #expect(failure?.code == .connection)
        #expect(failure?.mayHaveBeenReceived == false, "\(failure as Any)")
        #expect(failure?.attempts == 6)
        #expect(time.slept.count == 5)
        let place = "127.0.0.1:\(server.origin.port)"
        #expect(
            failure?.description == "connection: cannot connect to \(place): connection refused, after 6 attempts")
    }

    @Test("with a 5xx is sent again when it only reads", arguments: [500, 502, 503, 504])
    func serverError(status: Int) async throws {
        try await Harness.run({ _, number in number < 3 ? .status(status, "<html>") : .record }) { harness in
            let record = try await harness.client.get(.patients, id: "1")
            #expect(record.id == "1")
            // Half a second and a second, and half as much again in the middle of the range.
            #expect(harness.time.slept == [.milliseconds(750), .milliseconds(1500)])
            #expect(harness.events.count { if case .retrying = $0 { true } else { false } } == 2)
        }
        try await Harness.run({ _, _ in .status(status) }) { harness in
            let failure = await Harness.failure { try await harness.client.create(.eventLabels, body: Self.label) }
            #expect(failure?.code == .serverError)
            #expect(failure?.mayHaveBeenReceived == true)
            #expect(harness.server.requests.count == 1)
        }
    }

    @Test(
        "with a 429 waits at least as long as it is told to, by seconds or by date",
        arguments: [
            ["Retry-After: 20"],
            // By the server's clock, which is an hour ahead of ours.
            ["Retry-After: Fri, 02 Jan 2026 04:04:25 GMT", "Date: Fri, 02 Jan 2026 04:04:05 GMT"],
        ])
    func tooMany(headers: [String]) async throws {
        try await Harness.run({ _, number in number == 1 ? .status(429, headers: headers) : .record }) { harness in
            let record = try await harness.client.get(.patients, id: "1")
            #expect(record.id == "1")
            #expect(harness.time.slept == [.milliseconds(20_500)])
        }
    }

    @Test("with a 429 makes the others wait, even when it is a write and not sent again")
    func tooManyForAll() async throws {
        let script: StubServer.Script = { _, number in
            number == 1 ? .status(429, headers: ["Retry-After: 20"]) : .record
        }
        try await Harness.run(script) { harness in
            let failure = await Harness.failure { try await harness.client.create(.eventLabels, body: Self.label) }
            #expect(failure?.code == .tooManyRequests)
            #expect(failure?.mayHaveBeenReceived == false)
            _ = try await harness.client.get(.patients, id: "1")
            #expect(harness.time.slept == [.seconds(20)])
            #expect(harness.server.requests.count == 2)
        }
    }

    @Test("with a 429 that asks for more time than there is fails at once, and says how long")
    func tooLong() async throws {
        try await Harness.run({ _, _ in .status(429, headers: ["Retry-After: 4000"]) }) { harness in
            let failure = await Harness.failure { try await harness.client.get(.patients, id: "1") }
            #expect(failure?.code == .tooManyRequests)
            #expect(failure?.retryAfter == .seconds(4000))
            #expect(harness.server.requests.count == 1)
        }
    }

    @Test(
        "with a 4xx is not sent again",
        arguments: [
            (400, DataAPIError.Code.refused),
            (403, .forbidden),
            (404, .notFound),
            (409, .refused),
            (302, .redirected),
        ])
    func refused(status: Int, code: DataAPIError.Code) async throws {
        try await Harness.run({ _, _ in .status(status, headers: ["Location: /v1/patients/2"]) }) { harness in
            let failure = await Harness.failure { try await harness.client.get(.patients, id: "1") }
            #expect(failure?.code == code)
            #expect(failure?.status == status)
            #expect(failure?.mayHaveBeenReceived == false)
            #expect(harness.server.requests.count == 1)
        }
    }

    @Test("has all errors of the answer, and prints none of what they say but known codes")
    func errors() async throws {
        let body = #"""
            {"errors": [
              {"status": "400", "code": "uniqueness_exception", "title": "T", "detail": "Ann Lee", "extra": {"id": "x-9"}},
              {"status": 400, "code": "Ann Lee", "title": null}]}
            """#
        try await Harness.run({ _, _ in .status(400, body) }) { harness in
            let failure = try #require(
                await Harness.failure {
                    try await harness.client.page(FindRequest(.workers, filters: [Filter("email", "ann@example.com")]))
                })
            #expect(failure.errors.map(\.code) == ["uniqueness_exception", "Ann Lee"])
            #expect(failure.errors.map(\.status) == [400, 400])
            #expect(failure.errors[0].detail == "Ann Lee")
            #expect(failure.errors[0].extra == #"{"id": "x-9"}"#)
            var dumped = ""
            dump(failure, to: &dumped)
            for text in ["\(failure)", String(reflecting: failure), "\(failure.errors)", dumped] {
                for secret in ["Ann", "x-9", "ann@"] { #expect(!text.contains(secret), "\(text)") }
            }
            #expect("\(failure)" == "refused (find workers), status 400, errors: uniqueness_exception, another code")
        }
    }

    @Test("does not name the record that it was about", arguments: breaks.indices)
    func silent(index: Int) async throws {
        try await Harness.run({ _, _ in Self.breaks[index] }) { harness in
            let failure = await Harness.failure { try await harness.client.get(.patients, id: "secret-id") }
            #expect("\(failure as Any)".contains("get patients"))
            #expect(!"\(failure as Any)".contains("secret-id"))
        }
    }
}
