import Records
import HTTPTypes
import NIOCore
import Simulator
import Testing

@Suite("Faults of the Data API")
struct APIFaultTests {
    @Test(
        "answer any status, with Retry-After in seconds, as a date, or without", arguments: [401, 429, 500, 502, 503])
    func status(status: Int) async throws {
        try await APISession.run { session in
            try await session.fault(["fault": "status", "status": .int(status), "times": 1])
            let bare = try await session.find("patients")
            #expect(bare.status == status)
            #expect(try bare.json[at: "errors"].list.map { try $0[at: "status"] } == [.int(status)])
            #expect(bare.headers[.retryAfter] == nil)
            #expect(try await session.find("patients").status == 200)
            try await session.fault(["fault": "status", "status": .int(status), "retry_after": "7"])
            #expect(try await session.find("patients").headers[.retryAfter] == "7")
            try await session.fault(["fault": "status", "status": .int(status), "retry_after": "date:5"])
            #expect(try await session.find("patients").headers[.retryAfter] == "Fri, 15 Jan 2027 08:00:05 GMT")
        }
    }

    @Test("answer HTML, or JSON that ends in the middle")
    func notJSON() async throws {
        try await APISession.run { session in
            try await session.fault(["fault": "html", "status": 502])
            let page = try await session.find("patients")
            #expect(page.status == 502 && page.headers[.contentType] == "text/html; charset=utf-8")
            try await session.fault(["fault": "bad_json"])
            let broken = try await session.find("patients")
            #expect(broken.status == 200 && broken.headers[.contentType] == "application/json")
            #expect(throws: (any Error).self) { try broken.json }
        }
    }

    @Test("serve a page again in place of the next")
    func repeated() async throws {
        try await APISession.run(settings: { $0.paging = .following }) { session in
            let first = try await session.find("patients", ["page[size]": "5"])
            let next = try first.json[at: "links"][at: "meta"][at: "next"]
            try await session.fault(["fault": "repeat_page", "times": 1])
            let parameters = try ["page[size]": "5", "page[from]": next[at: "page[from]"].string]
            #expect(try await session.find("patients", parameters).ids == first.ids)
            let second = try await session.find("patients", parameters)
            #expect(try second.ids.count == 5 && Set(second.ids).isDisjoint(with: first.ids))
        }
    }

    @Test("have a next that is the page itself, or leads to another host")
    func next() async throws {
        try await APISession.run { session in
            let from = "2020-01-02T03:04:05.678901+00:00"
            try await session.fault(["fault": "stuck_next"])
            let stuck = try await session.find("patients", ["page[size]": "5", "page[from]": from])
            let meta = try stuck.json[at: "links"][at: "meta"]
            #expect(try meta[at: "next"] == meta[at: "current"] && meta[at: "next"][at: "page[from]"] == .string(from))
            try await session.fault(["fault": "foreign_next", "origin": "http://evil.example"])
            let foreign = try await session.find("patients", ["page[size]": "5"]).json[at: "links"]
            #expect(try foreign[at: "href"][at: "next"].string.hasPrefix("http://evil.example/v1/patients?"))
            #expect(foreign["meta"] == nil && foreign["next"] == nil)
        }
    }

    @Test("make a page as long as asked")
    func huge() async throws {
        try await APISession.run { session in
            let count = try await session.find("patients").ids.count
            try await session.fault(["fault": "huge", "bytes": 3_000_000])
            let answer = try await session.find("patients")
            #expect(answer.body.readableBytes > 3_000_000)
            #expect(try answer.ids.count == count + 1)
        }
    }

    @Test("change records before they are paged")
    func churn() async throws {
        try await APISession.run { session in
            let before = try await session.dump("patients")
            try await session.fault(["fault": "churn", "count": 4, "times": 1])
            _ = try await session.find("patients")
            #expect(Set(try await session.dump("patients")).subtracting(before).count == 4)
        }
    }

    @Test("revoke every token in mid-run")
    func revoke() async throws {
        try await APISession.run { session in
            try await session.fault(["fault": "revoke", "times": 1])
            #expect(try await session.find("patients").status == 401)
            #expect(try await session.find("patients").status == 401)
            #expect(try await session.with(scope: "all").find("patients").status == 200)
        }
    }

    @Test("close the token endpoint alone")
    func tokens() async throws {
        try await APISession.run { session in
            try await session.fault(["fault": "status", "path": "/v1/token"])
            let answer = try await session.requestToken(APISession.assertion(APISession.claims(scope: "all")))
            #expect(answer.status == 503)
            #expect(try await session.find("patients").status == 200)
        }
    }

    @Test("say that the version is old, or gone")
    func versions() async throws {
        try await APISession.run { session in
            #expect(try await session.find("patients").headers[.deprecated] == nil)
            try await session.fault(["fault": "deprecated"])
            #expect(try await session.find("patients").headers[.deprecated] == "true")
            try await session.fault(["fault": "discontinued"])
            #expect(try await session.find("patients").headers[.discontinued] == "true")
        }
    }

    /// Which of ten requests fail.
    private func failing(_ rule: [String: JSON]) async throws -> [Int] {
        let found = Failing()
        try await APISession.run { session in
            try await session.fault(rule.merging(["fault": "status"]) { $1 })
            for number in 1...10 where try await session.find("patients").status == 503 { await found.add(number) }
        }
        return await found.numbers
    }

    private actor Failing {
        var numbers: [Int] = []
        func add(_ number: Int) { numbers.append(number) }
    }

    @Test("come with the requests that a rule names")
    func rules() async throws {
        #expect(try await failing([:]) == Array(1...10))
        #expect(try await failing(["at": [2, 7]]) == [2, 7])
        #expect(try await failing(["every": 3]) == [3, 6, 9])
        #expect(try await failing(["every": 3, "times": 2]) == [3, 6])
        #expect(try await failing(["method": "POST"]) == [])
        #expect(try await failing(["path": "/v1/visits"]) == [])
        #expect(try await failing(["path": "/v1/*ents", "times": 4]) == [1, 2, 3, 4])
        #expect(try await failing(["rate": 0]) == [])
        #expect(try await failing(["rate": 1]) == Array(1...10))
    }

    @Test("come by chance, and by the same chance for the same seed")
    func chance() throws {
        func numbers(seed: UInt64) -> [Int] {
            var rule = FaultRule(.status)
            (rule.rate, rule.seed) = (0.3, seed)
            var script = FaultScript()
            script.set([rule])
            return (1...1000).filter { _ in !script.take(method: "GET", path: "/v1/calls").isEmpty }
        }
        let some = numbers(seed: 4)
        #expect((250...350).contains(some.count))
        #expect(numbers(seed: 4) == some)
        #expect(numbers(seed: 5) != some)
    }

    @Test("can be added to, listed and taken back")
    func script() async throws {
        try await APISession.run { session in
            try await session.fault(["fault": "status", "path": "/v1/visits"])
            try await session.control("faults", ["faults": [["fault": "html", "path": "/v1/calls"]], "add": true])
            let rules = try await session.send(.get, "/_control/faults").json.list
            #expect(try rules.map { try $0[at: "fault"] } == ["status", "html"])
            #expect(try await session.find("visits").status == 503)
            _ = try await session.send(.delete, "/_control/faults")
            #expect(try await session.find("visits").status == 200)
        }
    }

    @Test(
        "match paths by a pattern",
        arguments: [
            ("/v1/patients", "/v1/patients", true),
            ("/v1/patients", "/v1/patients/1", false),
            ("/v1/patients*", "/v1/patients/1", true),
            ("*", "/v1/x", true),
            ("/v1/*/1", "/v1/visits/1", true),
            ("/v1/*/1", "/v1/visits/2", false),
            ("*a*a*", "/banana", true),
            ("*a*a*a*a*", "/banana", false),
        ])
    func patterns(pattern: String, path: String, matches: Bool) {
        #expect(FaultRule(.status, path: pattern).matches(method: "GET", path: path) == matches)
    }
}

extension HTTPField.Name {
    static let retryAfter = Self("Retry-After")!
    static let deprecated = Self("X-API-Deprecated")!
    static let discontinued = Self("X-API-Discontinued")!
}
