import Crypto
import DataAPI
import Foundation
import StrictJSON
import Testing
import Tokens

@Suite("The token")
struct TokenTests {
    @Test("is asked for by an assertion that the secret signs, with the claims that Welkin wants")
    func assertion() async throws {
        try await Harness.run(configure: { $0.scopes = ["patients.read", "workers.read"] }, { _, _ in .record }) {
            harness in
            try await harness.client.authenticate()
            let request = try #require(harness.server.tokenRequests.first)
            #expect(request.method == "POST")
            #expect(request.headers["content-type"] == "application/x-www-form-urlencoded")
            let prefix = "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion="
            #expect(request.text.hasPrefix(prefix))
            let segments = request.text.dropFirst(prefix.count).split(separator: ".")
            try #require(segments.count == 3)
            let signature = try #require(Base64URL.decode(Array(segments[2].utf8)[...]))
            #expect(
                HMAC<Crypto.SHA256>.isValidAuthenticationCode(
                    signature, authenticating: Data("\(segments[0]).\(segments[1])".utf8),
                    using: SymmetricKey(data: Harness.secret)))
            let header = try JSONDocument(parsing: #require(Base64URL.decode(Array(segments[0].utf8)[...]))).root
            #expect(header["alg"]?.string == "HS256")
            let claims = try JSONDocument(parsing: #require(Base64URL.decode(Array(segments[1].utf8)[...]))).root
            #expect(claims["iss"]?.string == "client")
            #expect(claims["aud"]?.string == "\(harness.server.origin)/v1/token")
            #expect(claims["scope"]?.string == "patients.read workers.read")
            #expect(claims["exp"]?.integer == harness.time.now.microseconds / 1_000_000 + 3600)
        }
    }

    @Test("is asked for once, however many calls wait for it")
    func shared() async throws {
        try await Harness.run({ _, _ in .record }) { harness in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<50 { group.addTask { _ = try await harness.client.get(.patients, id: "1") } }
                try await group.waitForAll()
            }
            #expect(harness.server.tokenRequests.count == 1)
            #expect(harness.server.requests.count == 50)
        }
    }

    @Test("is renewed before its end, and not sooner")
    func renewedInTime() async throws {
        try await Harness.run({ _, _ in .record }) { harness in
            _ = try await harness.client.get(.patients, id: "1")
            harness.time.advance(by: .seconds(54 * 60))
            _ = try await harness.client.get(.patients, id: "1")
            #expect(harness.server.tokenRequests.count == 1)
            harness.time.advance(by: .seconds(90))
            _ = try await harness.client.get(.patients, id: "1")
            #expect(harness.server.tokenRequests.count == 2)
            #expect(harness.server.requests.map { $0.headers["authorization"] }.last == "Bearer token-2")
        }
    }

    @Test("is renewed earlier when Welkin says that it lives less long")
    func shortLife() async throws {
        let token: StubServer.Script = { _, number in .json(#"{"access_token": "t-\#(number)", "expires_in": "100"}"#) }
        try await Harness.run(token: token, { _, _ in .record }) { harness in
            try await harness.client.authenticate()
            harness.time.advance(by: .seconds(89))
            try await harness.client.authenticate()
            #expect(harness.server.tokenRequests.count == 1)
            harness.time.advance(by: .seconds(2))
            try await harness.client.authenticate()
            #expect(harness.server.tokenRequests.count == 2)
        }
    }

    @Test("is renewed when it is refused, once for all calls that it was refused to, writes too")
    func refusedOnce() async throws {
        let script: StubServer.Script = { request, _ in
            request.headers["authorization"] == "Bearer token-1" ? .status(401) : .record
        }
        try await Harness.run(script) { harness in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<20 { group.addTask { _ = try await harness.client.get(.patients, id: "1") } }
                try await group.waitForAll()
            }
            #expect(harness.server.tokenRequests.count == 2)
        }
        try await Harness.run(script) { harness in
            _ = try await harness.client.create(.eventLabels, body: Array(#"{"body": {}, "entity_id": "1"}"#.utf8))
            #expect(harness.server.requests.count == 2)
        }
    }

    @Test("that is refused twice is an error")
    func refusedTwice() async throws {
        try await Harness.run({ _, _ in .status(401) }) { harness in
            let failure = await Harness.failure { try await harness.client.get(.patients, id: "1") }
            #expect(failure?.code == .unauthorized)
            #expect(harness.server.requests.count == 2)
            #expect(harness.server.tokenRequests.count == 2)
        }
    }

    @Test("that is not granted is an error at once", arguments: [400, 401, 403])
    func notGranted(status: Int) async throws {
        let date = "Date: Fri, 02 Jan 2026 03:14:05 GMT"
        let token: StubServer.Script = { _, _ in .status(status, headers: [date]) }
        try await Harness.run(token: token, { _, _ in .record }) { harness in
            let failure = await Harness.failure { try await harness.client.get(.patients, id: "1") }
            #expect(failure?.code == .credentialsRefused)
            #expect(failure?.status == status)
            #expect(failure?.clockSkew == .seconds(600))
            #expect(harness.server.tokenRequests.count == 1)
            #expect(harness.server.requests.isEmpty)
        }
    }

    @Test("endpoint that is down is asked again, even for a write that waits for it")
    func endpointDown() async throws {
        let token: StubServer.Script = { _, number in
            number < 3 ? .status(503) : .json(#"{"access_token": "late"}"#)
        }
        try await Harness.run(token: token, { _, _ in .record }) { harness in
            _ = try await harness.client.create(.eventLabels, body: Array(#"{"body": {}, "entity_id": "1"}"#.utf8))
            #expect(harness.server.tokenRequests.count == 3)
            #expect(harness.time.slept.count == 2)
        }
    }

    @Test("endpoint that stays down is given up after as many attempts as the policy has, not more")
    func endpointStaysDown() async throws {
        try await Harness.run(token: { _, _ in .status(503) }, { _, _ in .record }) { harness in
            let failure = await Harness.failure { try await harness.client.get(.patients, id: "1") }
            #expect(failure?.code == .serverError)
            #expect(harness.server.tokenRequests.count == 6)
        }
    }

    @Test(
        "answers that hold none are errors", arguments: ["{}", #"{"access_token": ""}"#, #"{"access_token": "a b"}"#])
    func noToken(body: String) async throws {
        try await Harness.run(token: { _, _ in .json(body) }, { _, _ in .record }) { harness in
            let failure = await Harness.failure { try await harness.client.get(.patients, id: "1") }
            #expect(failure?.code == .malformed)
            // It is no resource's, by which a run knows that the others have none either.
            #expect(failure?.resource == nil)
            #expect(harness.server.tokenRequests.count == 1)
        }
    }

    @Test("answers that are cut off are asked for again, even for a write that waits for it")
    func cutOff() async throws {
        let token: StubServer.Script = { _, number in
            .json(number < 3 ? #"{"access_token": "a"# : #"{"access_token": "a"}"#)
        }
        try await Harness.run(token: token, { _, _ in .record }) { harness in
            _ = try await harness.client.create(.eventLabels, body: Array(#"{"body": {}, "entity_id": "1"}"#.utf8))
            #expect(harness.server.tokenRequests.count == 3)
            #expect(harness.server.requests.count == 1)
        }
    }

    @Test("goes on being asked for when the call that began to is cancelled")
    func cancelled() async throws {
        // The first request for a token is never answered.
        let token: StubServer.Script = { _, number in
            number == 1 ? StubAnswer("HTTP/1.1 200 OK\r\n") : .json(#"{"access_token": "second"}"#)
        }
        try await Harness.run(token: token, { _, _ in .record }) { harness in
            let first = Task { try await harness.client.get(.patients, id: "1") }
            while harness.server.tokenRequests.isEmpty { await Task.yield() }
            let second = Task { try await harness.client.get(.patients, id: "2") }
            first.cancel()
            await #expect(throws: CancellationError.self) { try await first.value }
            let record = try await second.value
            #expect(record.id == "1")
        }
    }
}
