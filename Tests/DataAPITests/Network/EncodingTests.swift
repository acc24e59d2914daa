import DataAPI
import Foundation
import Testing

@Suite("An encoded answer")
struct EncodingTests {
    /// `{"data": [{"id": "1"}], "links": {}}`
    static let page =
        "H4sIAAAAAAACA6tWSkksSVSyUoiuVspMAdJKhkq1sToKSjmZednFQH51bS0A/3gYtCQAAAA="
    /// The same page, empty, behind 64 KiB of blanks.
    static let blanks =
        "H4sIAAAAAAACA+3BQQ0AIAwEMCuXycAK4bEECfwI3jHSNgEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAIDk1u7TNTLX+1pJNtwMAAEA"

    static func answer(_ base64: String, encoding: String = "gzip", dropping: Int = 0) -> StubAnswer {
        let body = Array(Data(base64Encoded: base64)!.dropLast(dropping))
        var answer = StubAnswer(
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: \(encoding)\r\n"
                + "Content-Length: \(body.count)\r\n\r\n")
        answer.bytes += body
        return answer
    }

    @Test("is asked for, and is what it says when it is unpacked")
    func gzip() async throws {
        try await Harness.run({ _, _ in Self.answer(Self.page) }) { harness in
            let page = try await harness.client.page(FindRequest(.patients))
            #expect(page.records.map(\.id) == ["1"])
            #expect(page.byteCount == 36)
            #expect(harness.server.requests[0].headers["accept-encoding"] == "gzip, deflate")
            #expect(harness.server.tokenRequests[0].headers["accept-encoding"] == "gzip, deflate")
        }
    }

    @Test("is not asked for where what comes may be larger than the limit, and is limited all the same")
    func identity() async throws {
        let one = FindRequest(.patients, page: PageRequest(size: 1))
        try await Harness.run({ _, _ in Self.answer(Self.page) }) { harness in
            let page = try await harness.client.page(one)
            #expect(page.records.map(\.id) == ["1"])
            #expect(harness.server.requests[0].headers["accept-encoding"] == "identity")
        }
        let script: StubServer.Script = { _, _ in Self.answer(Self.blanks) }
        try await Harness.run(configure: { $0.maximumResponseBytes = 65_536 }, script) { harness in
            #expect(await Harness.failure { try await harness.client.page(one) }?.code == .tooLarge)
        }
    }

    @Test("is limited by what comes out of it")
    func bomb() async throws {
        let script: StubServer.Script = { _, _ in Self.answer(Self.blanks) }
        try await Harness.run(configure: { $0.maximumResponseBytes = 65_536 }, script) { harness in
            let failure = await Harness.failure { try await harness.client.page(FindRequest(.patients)) }
            #expect(failure?.code == .tooLarge)
            #expect(failure?.status == 200)
            #expect(harness.server.requests.count == 1)
        }
        try await Harness.run(configure: { $0.maximumResponseBytes = 65_548 }, script) { harness in
            let page = try await harness.client.page(FindRequest(.patients))
            #expect(page.items.isEmpty)
        }
    }

    @Test("that is cut off is asked for again; one that is broken, too, and told")
    func broken() async throws {
        let cut: StubServer.Script = { _, number in Self.answer(Self.page, dropping: number == 1 ? 12 : 0) }
        try await Harness.run(cut) { harness in
            let page = try await harness.client.page(FindRequest(.patients))
            #expect(page.records.count == 1)
            #expect(harness.server.requests.count == 2)
        }
        // No gzip at all.
        try await Harness.run({ _, _ in Self.answer("eyJkYXRhIjogW119") }) { harness in
            let failure = await Harness.failure { try await harness.client.page(FindRequest(.patients)) }
            #expect(failure?.code == .connection)
            #expect(failure?.cause?.kind == .badCompression)
        }
    }

    @Test("may begin with a byte order mark, whatever it is")
    func mark() async throws {
        let mark = "\u{FEFF}"
        let token: StubServer.Script = { _, _ in .json(mark + #"{"access_token": "t"}"#) }
        let script: StubServer.Script = { request, _ in
            switch request.path {
            case "/v1/patients/1": .json(mark + #"{"data": {"id": "1"}}"#)
            case "/v1/visits": .status(400, mark + #"{"errors": [{"code": "uniqueness_exception"}]}"#)
            default: .json(mark + #"{"data": [{"id": "2"}]}"#)
            }
        }
        try await Harness.run(token: token, script) { harness in
            let record = try await harness.client.get(.patients, id: "1")
            let page = try await harness.client.page(FindRequest(.patients))
            #expect([record.id] + page.records.map(\.id) == ["1", "2"])
            let failure = await Harness.failure { try await harness.client.page(FindRequest(.visits)) }
            #expect(failure?.errors.map(\.code) == ["uniqueness_exception"])
        }
    }
}
