import DataAPI
import StrictJSON
import Synchronization
import Testing

@Suite("A client sends")
struct OperationTests {
    @Test("get, with the token and the id in the path")
    func get() async throws {
        try await Harness.run({ _, _ in .json(#"{"data": {"id": "a-1", "note": "x"}}"#) }) { harness in
            let record = try await harness.client.get(.patients, id: "a-1")
            #expect(String(decoding: record.bytes, as: UTF8.self) == #"{"id": "a-1", "note": "x"}"#)
            let request = try #require(harness.server.requests.first)
            #expect(request.method == "GET")
            #expect(request.target == "/v1/patients/a-1")
            #expect(request.headers["authorization"] == "Bearer token-1")
            #expect(request.headers["accept"] == "application/json")
        }
    }

    @Test("find, with filters and window in the query, escaped")
    func find() async throws {
        try await Harness.run({ _, _ in .emptyPage }) { harness in
            let from = Instant("2018-09-12T01:27:32.5")!
            let request = FindRequest(
                .workers, filters: [Filter("email", "a&b=c+d@example.com")],
                page: PageRequest(from: from, size: 9, further: [Filter("page[after]", "1")]))
            let page = try await harness.client.page(request)
            #expect(page.items.isEmpty)
            #expect(
                harness.server.requests.first?.target
                    == "/v1/workers?email=a%26b%3Dc%2Bd%40example.com"
                    + "&page%5Bfrom%5D=2018-09-12T01%3A27%3A32.500000%2B00%3A00&page%5Bsize%5D=9&page%5Bafter%5D=1")
        }
    }

    @Test("find, and tells when that was by Welkin's clock, where the answer says")
    func askedAt() async throws {
        let clock = Mutex<TestTime?>(nil)
        let script: StubServer.Script = { _, number in
            // The answer takes its time.
            clock.withLock { $0?.advance(by: .seconds(7)) }
            let date = ["Date: Sun, 06 Nov 1994 08:49:37 GMT", "Date: soon", "X-Other: 1"][number - 1]
            return .status(200, #"{"data": []}"#, headers: [date])
        }
        try await Harness.run(script) { harness in
            clock.withLock { $0 = harness.time }
            let request = FindRequest(.patients)
            var askedAt: [Instant?] = []
            for _ in 0..<3 { askedAt.append(try await harness.client.page(request).askedAt) }
            #expect(askedAt == [Instant("1994-11-06T08:49:30Z"), nil, nil])
        }
    }

    @Test("find by POST, with nothing in the URL")
    func findByPost() async throws {
        try await Harness.run({ _, _ in .emptyPage }) { harness in
            _ = try await harness.client.page(
                FindRequest(
                    .phoneNumbers, filters: [Filter("phone_number", "+15555555555")], page: PageRequest(size: 5),
                    byPost: true))
            let request = try #require(harness.server.requests.first)
            #expect(request.method == "POST")
            #expect(request.target == "/v1/phone_numbers/find")
            #expect(request.headers["content-type"] == "application/json")
            #expect(request.text == #"{"phone_number":"+15555555555","page[size]":"5"}"#)
        }
    }

    @Test("create, also of several records at once, byte for byte")
    func create() async throws {
        try await Harness.run({ _, _ in .status(201, #"{"data": {"id": "1"}}"#) }) { harness in
            let body = #"""
                {"phase": "a", "timezone": "US/Pacific", "first_name": "A", "last_name": "B",
                 "phone_numbers": [{"phone_number": "+15555555555", "phone_number_type": "cell"}],
                 "external_ids": [{"namespace": "n", "external_id": "e"}]}
                """#
            let record = try await harness.client.create(.patients, body: Array(body.utf8))
            #expect(record.id == "1")
            let request = try #require(harness.server.requests.first)
            #expect(request.method == "POST")
            #expect(request.target == "/v1/patients")
            #expect(request.headers["content-type"] == "application/json")
            #expect(request.text == body)
        }
    }

    @Test("update and delete")
    func updateAndDelete() async throws {
        try await Harness.run({ request, _ in request.method == "DELETE" ? .status(204, "") : .record }) { harness in
            let record = try await harness.client.update(.profiles, id: "1", body: Array(#"{"body": {}}"#.utf8))
            #expect(record.id == "1")
            try await harness.client.delete(.unavailableTimes, id: "2")
            #expect(harness.server.requests.map(\.method) == ["PUT", "DELETE"])
            #expect(harness.server.requests.map(\.target) == ["/v1/profiles/1", "/v1/unavailable_times/2"])
        }
    }

    @Test("a file as the body", arguments: FileType.allCases)
    func upload(type: FileType) async throws {
        try await Harness.run({ _, _ in .record }) { harness in
            let file = (0..<100_000).map { UInt8(truncatingIfNeeded: $0) }
            let record = try await harness.client.upload(file, type: type)
            #expect(record.id == "1")
            let request = try #require(harness.server.requests.first)
            #expect(request.target == "/v1/file_uploads/upload")
            #expect(request.headers["content-type"] == type.rawValue)
            #expect(request.body == file)
        }
    }

    @Test("what a page says is next, until there is nothing next")
    func pages() async throws {
        let script: StubServer.Script = { request, number in
            let next = #"{"next": {"meta": {"page[from]": "2018-01-0\#(number)T00:00:00Z"}}}"#
            return .json(#"{"data": [{"id": "\#(number)"}], "links": \#(number < 4 ? next : "{}")}"#)
        }
        try await Harness.run(script) { harness in
            var ids: [String?] = []
            for try await page in harness.client.find(FindRequest(.patients)) { ids += page.records.map(\.id) }
            #expect(ids == ["1", "2", "3", "4"])
            #expect(harness.server.requests[3].target.contains("2018-01-03T00%3A00%3A00"))
        }
    }

    @Test(
        "no page for ever, and leaves none out in silence",
        arguments: [
            (#"{"next": {"meta": {"page[from]": "2018-01-01T00:00:00Z"}}}"#, DataAPIError.Code.stuck),
            (#"{"next": "https://evil.example/v1/patients?page[from]=2019-01-01"}"#, .unclearLink),
        ])
    func badNext(links: String, code: DataAPIError.Code) async throws {
        try await Harness.run({ _, _ in .json(#"{"data": [{"id": "1"}], "links": \#(links)}"#) }) { harness in
            var pages = 0
            let request = FindRequest(.patients, page: PageRequest(from: Instant("2018-01-01")!))
            let failure = await Harness.failure {
                for try await _ in harness.client.find(request) { pages += 1 }
            }
            #expect(failure?.code == code)
            #expect(pages == 1)
        }
    }

    @Test("nothing at all when the catalogue says that it would be refused")
    func checked() async throws {
        try await Harness.run({ _, _ in .record }) { harness in
            let failure = await Harness.failure { try await harness.client.page(FindRequest(.alerts)) }
            #expect(failure?.code == .parameterMissing)
            #expect(harness.server.requests.isEmpty)
            #expect(harness.server.tokenRequests.isEmpty)
        }
    }
}
