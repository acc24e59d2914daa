import Records
import Foundation
import HTTPTypes
import NIOCore
import Simulator
import Testing

@Suite("Changes that nobody asked for by the API")
struct ChangeTests {
    private static func instants(_ records: some Sequence<JSON>) throws -> [Int64?] {
        try records.map { Instant(try $0[at: "updated_at"].string)?.microseconds }
    }

    @Test(
        "give records other values at instants of their own, which end now",
        arguments: Catalogue.resources.filter(\.isWindowed))
    func change(resource: Resource) async throws {
        try await APISession.run { session in
            let before = try await session.dump(resource.name)
            let answer = try await session.control(
                "change", ["resource": .string(resource.name), "count": 3, "seed": 5])
            let changed = try answer[at: "ids"].list
            #expect(changed.count == min(3, before.count))
            let after = try await session.records(resource.name)
            #expect(after.count == before.count)
            #expect(try after.suffix(changed.count).map { try $0[at: "id"] } == changed)
            guard resource.cursorField != nil else { return }
            let now = APISession.now
            let expected = (0..<Int64(changed.count)).map { now - Int64(changed.count) + 1 + $0 }
            #expect(try Self.instants(after.suffix(changed.count)) == expected)
            let found = try await session.find(
                resource.name, ["page[from]": Instant(microseconds: now - 3).description])
            #expect(try found.ids == changed.map { try $0.string })
        }
    }

    @Test("choose the same records and values for the same seed")
    func seeded() async throws {
        try await APISession.run { session in
            let change: JSON = ["resource": "visits", "count": 2, "seed": 9, "at": "2026-05-01T00:00:00Z"]
            let one = try await session.control("change", change)
            let dump = try await session.dump("visits")
            #expect(try await session.control("change", change) == one)
            #expect(try await session.dump("visits") == dump)
        }
    }

    @Test("can be at one instant, and can bring fields that nobody knows")
    func equal() async throws {
        try await APISession.run { session in
            try await session.control(
                "change", ["resource": "patients", "count": 4, "equal": true, "unknown_fields": 2])
            let records = try await session.records("patients").suffix(4)
            #expect(Set(try Self.instants(records)) == [APISession.now])
            #expect(records.allSatisfy { $0["new_field_1"] != nil && $0["new_field_2"] != nil })
        }
    }

    @Test("can be new records, late ones, and deletions")
    func others() async throws {
        try await APISession.run { session in
            let before = try await session.dump("patients")
            let added = try await session.control("add", ["resource": "patients", "count": 2])[at: "ids"].list
            #expect(try await session.records("patients").suffix(2).map { try $0[at: "id"] } == added)
            let late = try await session.control("late", ["resource": "patients", "seconds": 100])[at: "ids"].list
            let record = try await session.send(.get, "/v1/patients/\(try late[0].string)").json[at: "data"]
            #expect(try Self.instants([record]) == [APISession.now - 100_000_000])
            let gone = try await session.control("delete", ["resource": "patients", "count": 5, "seed": 1])[at: "ids"]
                .list
            let left = try await session.records("patients").map { try $0[at: "id"] }
            #expect(left.count == before.count + 3 - 5)
            #expect(Set(left).isDisjoint(with: gone))
            #expect(try await session.send(.get, "/v1/patients/\(try gone[0].string)").status == 404)
        }
    }

    @Test("can set members of one record, and leave the others as they are")
    func put() async throws {
        try await APISession.run { session in
            let patient = Clinic.demo().patients[0]
            let path = "/v1/phone_numbers/\(patient.phoneNumbers[0].id)"
            let before = try await session.send(.get, path).json[at: "data"].members
            let answer = try await session.control(
                "put",
                [
                    "resource": "phone_numbers", "id": .string(patient.phoneNumbers[0].id.uppercased()),
                    "values": ["phone_number": "+14155550100", "color": ["a", 1]],
                ])
            #expect(answer == ["count": 1, "ids": [.string(patient.phoneNumbers[0].id)]])
            let after = try await session.send(.get, path).json[at: "data"].members
            var expected = before
            expected["phone_number"] = "+14155550100"
            expected["color"] = ["a", 1]
            expected["updated_at"] = .string(Instant(microseconds: APISession.now).description)
            #expect(after == expected)
            #expect(try await session.records("phone_numbers").last?.members == expected)
        }
    }

    @Test("can be one new record with these members", arguments: [nil, "0d5f8b0e-6c1f-4a70-9a3e-2f6f1f5b8c11"])
    func putNew(id: String?) async throws {
        try await APISession.run { session in
            let patient = Clinic.demo().patients[0]
            let values: JSON = [
                "patient_id": .string(patient.id), "type_name": "_note", "body": ["note_text": "Slept well."],
                "created_at": "2026-05-01T00:00:00Z",
            ]
            var body: JSON = [
                "resource": "custom_data_type_records", "values": values, "at": "2026-06-01T00:00:00Z",
            ]
            if let id { body["id"] = .string(id) }
            let ids = try await session.control("put", body)[at: "ids"].list
            if let id { #expect(ids == [.string(id)]) }
            let record = try await session.send(.get, "/v1/custom_data_type_records/\(ids[0].string)").json[at: "data"]
            for (name, value) in try values.members { #expect(try record[at: name] == value) }
            #expect(try record[at: "id"] == ids[0])
            #expect(try record[at: "updated_by"] == .null)
            #expect(try record[at: "updated_at"].instant == #require(Instant("2026-06-01T00:00:00Z")).microseconds)
            let window = ["page[from]": "2026-06-01T00:00:00Z", "page[to]": "2026-06-01T00:00:00Z"]
            let found = try await session.find("custom_data_type_records", window).ids
            #expect(try found == ids.map { try $0.string })
        }
    }

    @Test("can be the deletion of one record")
    func deleteOne() async throws {
        try await APISession.run { session in
            let id = Clinic.demo().patients[0].noteIDs[0]
            let deletion: JSON = ["resource": "custom_data_type_records", "id": .string(id)]
            let before = try await session.dump("custom_data_type_records")
            #expect(try await session.control("delete", deletion) == ["count": 1, "ids": [.string(id)]])
            let after = try await session.dump("custom_data_type_records")
            #expect(after.count == before.count - 1 && after.allSatisfy { !$0.contains(id) })
            await #expect(throws: APISession.Refused.self) { try await session.control("delete", deletion) }
        }
    }

    @Test("happen after each page, when asked")
    func churn() async throws {
        try await APISession.run(settings: { $0.churn = 3 }) { session in
            let before = try await session.dump("patients")
            _ = try await session.find("visits", ["page[size]": "1"])
            #expect(try await session.dump("patients") == before)
            _ = try await session.find("patients", ["page[size]": "1"])
            #expect(Set(try await session.dump("patients")).subtracting(before).count == 3)
        }
    }

    @Test(
        "can make records odd, each in its way",
        arguments: [
            ("lone_surrogate", #"\ud83d""#),
            ("nul", #"\u0000"#),
            ("doubled_key", #""once more"}"#),
            ("unparsable", #""broken":tru}"#),
            ("not_object", #""not a record""#),
            ("no_id", #"{"id":null"#),
            ("bad_instant", #""updated_at":"yesterday""#),
        ])
    func odd(kind: String, mark: String) async throws {
        try await APISession.run { session in
            try await session.control("odd", ["resource": "patients", "kind": .string(kind)])
            let dump = try await session.dump("patients")
            #expect(dump.count == 20 && dump.last?.contains(mark) == true)
            #expect(dump.filter { $0.contains(mark) }.count == 1)
            let page = try await session.find("patients")
            #expect(page.text.contains(mark))
        }
    }

    @Test("can break the bytes of a text")
    func badUTF8() async throws {
        try await APISession.run { session in
            try await session.control("odd", ["resource": "patients", "kind": "bad_utf8"])
            let page = try await session.find("patients")
            #expect(page.body.readableBytesView.contains(0xFF))
        }
    }

    @Test("go by the API's clock, which can be set")
    func clock() async throws {
        try await APISession.run { session in
            try await session.control("clock", ["offset": -300])
            try await session.control("change", ["resource": "patients"])
            #expect(try await Self.instants([session.records("patients").last!]) == [APISession.now - 300_000_000])
            let frozen = try await session.control("clock", ["frozen": "2027-01-15T08:00:01Z"])
            #expect(frozen == ["now": "2027-01-15T08:00:01.000000+00:00"])
            #expect(try await session.control("clock", ["advance": 2]) == ["now": "2027-01-15T08:00:03.000000+00:00"])
            #expect(try await session.control("clock", ["reset": true]) == ["now": "2027-01-15T08:00:00.000000+00:00"])
        }
    }

    @Test("settings can be others while it runs, as long as they make sense")
    func settings() async throws {
        try await APISession.run { session in
            let settings = try await session.control("settings", ["page_size": 3, "paging": "keyset", "links": "meta"])
            #expect(try settings[at: "page_size"] == 3)
            #expect(try await session.find("patients").ids.count == 3)
            for wrong in [["page_size": 0], ["paging": "nonsense"], ["churn": -1]] as [JSON] {
                await #expect(throws: APISession.Refused.self) { try await session.control("settings", wrong) }
            }
            let kept = try await session.send(.get, "/_control/settings").json
            #expect(kept == settings)
        }
    }

    @Test("requests are counted by path and status, without anybody's id")
    func requests() async throws {
        try await APISession.run { session in
            let id = try await session.find("patients").ids[0]
            _ = try await session.send(.delete, "/_control/requests")
            _ = try await session.send(.get, "/v1/patients/\(id)")
            _ = try await session.send(.get, "/v1/patients/\(id)?include_schema=\(id)")
            _ = try await session.find("patients", ["page[size]": "0"])
            _ = try await session.find(id)
            let answer = try await session.send(.get, "/_control/requests")
            #expect(
                try answer.json[at: "requests"] == [
                    ["method": "GET", "path": "/v1/patients", "status": 400, "count": 1],
                    ["method": "GET", "path": "/v1/patients/:id", "status": 200, "count": 2],
                    ["method": "GET", "path": "other", "status": 404, "count": 1],
                ])
            #expect(try answer.json[at: "total"] == 4)
            #expect(!answer.text.contains(id))
        }
    }

    @Test("a control request that makes no sense changes nothing, and says why")
    func nonsense() async throws {
        try await APISession.run { session in
            for (name, body) in [
                ("change", ["resource": "nothing"]), ("change", ["resource": "patients", "count": -1]),
                ("change", ["resource": "patients", "at": "soon"]), ("nothing", [:]), ("odd", ["resource": "patients"]),
                ("faults", ["faults": [["fault": "nonsense"]]]), ("resource", ["name": "new", "count": -1]),
                ("change", ["resource": "patients", "unknown_fields": -1]),
                ("clock", ["offset": 99_999_999_999]), ("change", ["resource": "patients", "id": "1"]),
                ("delete", ["resource": "patients", "id": "1"]), ("put", ["resource": "patients"]),
                ("put", ["resource": "patients", "values": []]), ("put", ["resource": "nothing", "values": [:]]),
                ("put", ["resource": "patients", "id": "1", "values": [:]]),
                ("put", ["resource": "patients", "values": [:], "at": "soon"]),
                ("put", ["resource": "patients", "value": [:], "values": [:]]),
            ] as [(String, JSON)] {
                let answer = try await session.send(.post, "/_control/\(name)", body)
                #expect(answer.status == 400)
                #expect(try !answer.json[at: "error"].string.isEmpty)
            }
            #expect(try await session.send(.get, "/_control/dump?resource=nothing").status == 400)
        }
    }
}
