import Records
import Foundation
import HTTPTypes
import Simulator
import Testing

@Suite("The pages of a Find")
struct PagingTests {
    /// Walks all pages, each by the `meta` of the one before, and gives every id in the order of delivery.
    ///
    /// - Returns: the ids, and whether it ended because `next` no longer advanced
    private static func walk(_ session: APISession, _ resource: String, _ start: [String: String]) async throws
        -> (ids: [String], isStuck: Bool)
    {
        var ids: [String] = []
        var parameters = start
        while true {
            let answer = try await session.find(resource, parameters)
            ids += try answer.ids
            guard let next = try answer.json[at: "links"][at: "meta"]["next"] else { return (ids, false) }
            var following = start
            for (name, value) in try next.members {
                if case .int(let number) = value {
                    following[name] = String(number)
                } else {
                    following[name] = try value.string
                }
            }
            if following == parameters { return (ids, true) }
            parameters = following
        }
    }

    private static let resources = Catalogue.resources.filter(\.isWindowed).map(\.name)

    @Test("hold every record exactly once when paged by key", arguments: resources)
    func keyset(resource: String) async throws {
        try await APISession.run(settings: { $0.paging = .keyset }, seeded: { $0.equalInstants = 9 }) { session in
            let known = try #require(Catalogue.resource(named: resource))
            let filters = try await APISample.filters(known, session)
            var expected = try await session.records(resource)
            for (name, value) in filters { expected = expected.filter { $0[name] == .string(value) } }
            let all = try expected.map { try $0[at: "id"].string }
            let (ids, isStuck) = try await Self.walk(session, resource, filters.merging(["page[size]": "3"]) { $1 })
            #expect(ids == all && !isStuck)
        }
    }

    @Test(
        "hold every record at least once when paged by instant, and repeat the last one",
        arguments: [APISettings.Paging.instant, .following])
    func instant(paging: APISettings.Paging) async throws {
        try await APISession.run(patients: 50, settings: { $0.paging = paging }) { session in
            let all = try await session.records("sms_messages").map { try $0[at: "id"].string }
            let (ids, isStuck) = try await Self.walk(session, "sms_messages", ["page[size]": "10"])
            #expect(!isStuck)
            #expect(Set(ids) == Set(all))
            // 100 records: 10 on the first page, 9 new ones on each other.
            #expect(ids.count == (paging == .instant ? 110 : 100))
        }
    }

    @Test("never get past an instant that fills a page, but for a larger page", arguments: [3, 9, 10])
    func stuck(size: Int) async throws {
        try await APISession.run(seeded: { $0.equalInstants = 9 }) { session in
            let all = try await session.records("patients").map { try $0[at: "id"].string }
            let (ids, isStuck) = try await Self.walk(session, "patients", ["page[size]": String(size)])
            #expect(isStuck == (size < 10))
            #expect((Set(ids) == Set(all)) == (size >= 10))
        }
    }

    @Test("begin and end with the instants of the window, which are part of it")
    func window() async throws {
        try await APISession.run { session in
            let records = try await session.records("patients")
            func instant(_ index: Int) throws -> String {
                try #require(Instant(records[index][at: "updated_at"].string)).description
            }
            let window = ["page[from]": try instant(4), "page[to]": try instant(8)]
            let answer = try await session.find("patients", window)
            #expect(try answer.ids == records[4...8].map { try $0[at: "id"].string })
            #expect(try answer.json[at: "links"]["next"] == nil)
            let empty = try await session.find(
                "patients", ["page[from]": "2026-01-02T00:00:00Z", "page[to]": "2026-01-02T00:00:00Z"])
            #expect(try empty.ids == [])
        }
    }

    @Test("hold 50 records unless asked, and never more than the greatest size")
    func size() async throws {
        try await APISession.run(patients: 80, settings: { $0.maximumPageSize = 60 }) { session in
            #expect(try await session.find("patients").ids.count == 50)
            #expect(try await session.find("patients", ["page[size]": "1000"]).ids.count == 60)
            #expect(try await session.find("patients", ["page[size]": "7"]).ids.count == 7)
            for size in ["0", "-1", "many"] {
                let answer = try await session.find("patients", ["page[size]": size])
                #expect(answer.status == 400)
                #expect(try answer.codes == ["parse_exception"])
            }
        }
    }

    @Test("refuse instants that are none")
    func badInstant() async throws {
        try await APISession.run { session in
            let answer = try await session.find("patients", ["page[from]": "yesterday", "page[to]": "now"])
            #expect(try answer.codes == ["parse_exception", "parse_exception"])
            // A plus that was not escaped is a space to a form.
            let plus = try await session.send(.get, "/v1/patients?page[from]=2020-01-01T00:00:00+00:00")
            #expect(plus.status == 400)
        }
    }

    @Test("have the documented links, with all that is wrong in them")
    func documented() async throws {
        try await APISession.run { session in
            let records = try await session.records("patients")
            let last = try #require(Instant(records[1][at: "updated_at"].string)).description
            let answer = try await session.find(
                "patients", ["page[to]": "2027-01-01T00:00:00.000001+00:00", "page[size]": "2"])
            let current =
                "http://localhost/v1/patients?page%5Bto%5D=2027-01-01T00%3A00%3A00.000001%2B00%3A00&page%5Bsize%5D=2"
            let next =
                "http://localhost/v1/patients?page[%5B]from]=\(last.prefix(19))&page%5Bsize%5D=2&resource_name=patients"
            let metaCurrent: JSON = [
                "page[from]": .null, "page[to]": "2027-01-01T00:00:00.000001+00:00", "page[size]": 2,
            ]
            let metaNext: JSON = [
                "page[from]": .string(last), "page[to]": "2027-01-01T00:00:00.000001+00:00", "page[size]": 2,
            ]
            #expect(
                try answer.json[at: "links"] == [
                    "current": ["href": .string(current), "meta": metaCurrent],
                    "next": ["href": .string(next), "meta": metaNext],
                    "href": ["current": .string(current), "next": .string(next)],
                    "meta": ["current": metaCurrent, "next": metaNext],
                ])
        }
    }

    @Test("start again when the documented link is followed as it stands")
    func literal() async throws {
        try await APISession.run { session in
            let first = try await session.find("patients", ["page[size]": "2"])
            let href = try first.json[at: "links"][at: "next"][at: "href"].string
            let second = try await session.send(.get, String(href.dropFirst("http://localhost".count)))
            #expect(try second.ids == first.ids)
        }
    }

    @Test(
        "have links in other shapes, whose addresses lead on",
        arguments: [
            (APISettings.Links.sound, ["current", "href", "meta", "next"]),
            (.nested, ["current", "next"]),
            (.href, ["href"]),
            (.meta, ["meta"]),
        ])
    func shapes(links: APISettings.Links, members: [String]) async throws {
        try await APISession.run(settings: { ($0.links, $0.paging) = (links, .following) }) { session in
            let records = try await session.records("patients")
            let first = try await session.find("patients", ["page[size]": "2"])
            let shown = try first.json[at: "links"]
            #expect(try shown.members.keys.sorted() == members)
            if links == .meta { return }
            let href = try (links == .nested ? shown[at: "next"][at: "href"] : shown[at: "href"][at: "next"]).string
            let second = try await session.send(.get, String(href.dropFirst("http://localhost".count)))
            #expect(try second.ids == records[2...3].map { try $0[at: "id"].string })
        }
    }

    @Test("hold each record once, at its newest instant, after it changed")
    func changed() async throws {
        try await APISession.run(settings: { $0.paging = .keyset }) { session in
            let ids = try await session.control("change", ["resource": "patients", "count": 5, "seed": 3])[at: "ids"]
            let (found, _) = try await Self.walk(session, "patients", ["page[size]": "4"])
            #expect(found.count == 20 && Set(found).count == 20)
            #expect(try Array(found.suffix(5)) == ids.list.map { try $0.string })
        }
    }
}
