import Records
import Foundation
import HTTPTypes
import Simulator
import Testing

@Suite("The seeded records")
struct SeedTests {
    private static let resources = Catalogue.resources.filter(\.isWindowed)

    /// Every record of every resource.
    private static func all(patients: Int = 20, seed: UInt64 = 1, loose: Int = 10) async throws -> [String: [String]] {
        let found = Found()
        try await APISession.run(patients: patients, seed: seed, seeded: { $0.loose = loose }) { session in
            for resource in resources { await found.add(resource.name, try await session.dump(resource.name)) }
        }
        return await found.records
    }

    private actor Found {
        var records: [String: [String]] = [:]
        func add(_ resource: String, _ lines: [String]) { records[resource] = lines }
    }

    @Test("are the same for the same seed, and others for another")
    func deterministic() async throws {
        let (one, again, other) = try await (Self.all(), Self.all(), Self.all(seed: 2))
        #expect(one == again)
        for resource in Self.resources { #expect(one[resource.name] != other[resource.name], "\(resource.name)") }
    }

    @Test("have every field of the catalogue", arguments: resources)
    func fields(resource: Resource) async throws {
        try await APISession.run { session in
            let records = try await session.records(resource.name)
            #expect(!records.isEmpty)
            for field in resource.fields {
                #expect(records.allSatisfy { $0[field.name] != nil }, "\(field.name)")
            }
        }
    }

    @Test("point to records that are there")
    func links() async throws {
        try await APISession.run(patients: 40) { session in
            var ids: [String: Set<String>] = [:]
            for resource in Self.resources {
                ids[resource.name] = Set(try await session.records(resource.name).map { try $0[at: "id"].string })
            }
            let targets = [
                "patient_id": "patients", "worker_id": "workers", "primary_worker_id": "workers",
                "conversation_id": "conversations", "calendar_id": "calendars", "profile_id": "profiles",
                "calendar_event_id": "calendar_events", "assessment_response_id": "assessment_responses",
                "welkin_id": "patients", "entity_1_id": "patients", "entity_2_id": "profiles",
                "phone_number_id": "phone_numbers", "sender_id": "workers",
            ]
            for resource in Self.resources {
                for record in try await session.records(resource.name) {
                    for (name, target) in targets {
                        guard let value = record[name], value != .null else { continue }
                        #expect(try ids[target]?.contains(value.string) == true, "\(resource.name).\(name)")
                    }
                }
            }
        }
    }

    @Test("are loosely typed as much as asked, and mean the same")
    func loose() async throws {
        let (strict, loose) = try await (Self.all(loose: 0), Self.all(loose: 100))
        let one = try #require(strict["phone_numbers"]), other = try #require(loose["phone_numbers"])
        for (strict, loose) in zip(one, other) {
            let (strict, loose) = try (Self.object(strict), Self.object(loose))
            guard case .bool(let flag) = try strict[at: "verified"] else { throw JSON.Mismatch(value: strict) }
            #expect(try loose[at: "verified"] == .string(String(flag)))
            #expect(try Instant(strict[at: "updated_at"].string) == Instant(loose[at: "updated_at"].string))
            #expect(try strict[at: "updated_at"] != loose[at: "updated_at"])
            #expect(try strict[at: "updated_at"].string.hasSuffix("+00:00"))
        }
        let durations = try #require(loose["calls"]).map { try Self.object($0)[at: "duration"].string }
        #expect(durations.allSatisfy { Int($0) != nil })
    }

    @Test("write an instant in every shape of the notes")
    func shapes() async throws {
        let texts = try #require(try await Self.all(patients: 200, loose: 90)["visits"]).map {
            try Self.object($0)[at: "updated_at"].string
        }
        let patterns = [/.*T.*\+00:00/, /[^+Z]*T[^+Z]*/, /[^+Z]* [^+Z]*/, /.* .*\+00:00/, /.*T.*Z/]
        for pattern in patterns { #expect(texts.contains { $0.wholeMatch(of: pattern) != nil }) }
        #expect(texts.contains { !$0.contains(".") } && texts.contains { $0.contains(".") })
        #expect(texts.allSatisfy { Instant($0) != nil })
    }

    @Test("share one instant when asked, as many as asked")
    func equalInstants() async throws {
        try await APISession.run(seeded: { $0.equalInstants = 6 }) { session in
            let instants = try await session.records("visits").map { try Instant($0[at: "updated_at"].string) }
            #expect(instants.count == 5 && Set(instants).count == 1)
            let patients = try await session.records("patients").map { try Instant($0[at: "updated_at"].string) }
            #expect(Set(patients).count == 15)
        }
    }

    @Test("have resources that no catalogue knows, when asked")
    func unknown() async throws {
        try await APISession.run(seeded: { $0.unknown = [("care_plans", 3)] }) { session in
            #expect(try await session.find("care_plans").ids.count == 3)
            #expect(try await session.find("other_plans").status == 404)
            try await session.control("resource", ["name": "other_plans", "count": 2])
            let ids = try await session.find("other_plans").ids
            #expect(ids.count == 2)
            #expect(try await session.send(.get, "/v1/other_plans/\(ids[0])").status == 200)
            #expect(try await session.with(scope: "patients.read").find("other_plans").status == 403)
            await #expect(throws: APISession.Refused.self) {
                try await session.control("resource", ["name": "patients"])
            }
        }
    }

    private static func object(_ line: String) throws -> JSON {
        try JSONDecoder().decode(JSON.self, from: Data(line.utf8))
    }
}
