import Foundation
import HTTPTypes
import Records
import Simulator
import Testing

@Suite("The Data API's demo clinic")
struct DemoRecordsTests {
    private static let clinic = Clinic.demo()

    @Test("has the host page's patients, in the care of its worker")
    func patients() async throws {
        try await APISession.run { session in
            for patient in Self.clinic.patients {
                let record = try await session.send(.get, "/v1/patients/\(patient.id)").json[at: "data"]
                #expect(try record[at: "first_name"] == .string(patient.givenName))
                #expect(try record[at: "last_name"] == .string(patient.familyName))
                #expect(try record[at: "birthday"] == .string(patient.birthday))
                #expect(try record[at: "city"] == .string(patient.city))
                #expect(try record[at: "primary_worker_id"] == .string(Self.clinic.worker.id))
                #expect(try record[at: "is_active"].isTrue)
                #expect(TimeZone(identifier: try record[at: "timezone"].string) != nil)
            }
        }
    }

    @Test("has their phone numbers under the ids of the host page, and no others", arguments: [0, 100])
    func phoneNumbers(loose: Int) async throws {
        try await APISession.run(seeded: { $0.loose = loose }) { session in
            for patient in Self.clinic.patients {
                let found = try await session.find("phone_numbers", ["patient_id": patient.id]).json[at: "data"].list
                let expected: [[JSON]] = patient.phoneNumbers.map { number in
                    let name: JSON = number.kind == "Mobile" ? .null : .string(number.kind)
                    return [.string(number.id), .string(number.e164), .string(number.type), name]
                }
                let names = ["id", "phone_number", "phone_number_type", "friendly_name"]
                #expect(try found.map { record in try names.map { try record[at: $0] } } == expected)
            }
            let conversations = try await session.records("conversations")
            let owners = Dictionary(
                uniqueKeysWithValues: try await session.records("phone_numbers").map {
                    (try $0[at: "id"].string, try $0[at: "patient_id"])
                })
            for conversation in conversations {
                guard case .string(let number) = try conversation[at: "phone_number_id"] else { continue }
                #expect(try owners[number] == conversation[at: "patient_id"])
            }
        }
    }

    @Test("has the whole team, at work", arguments: [1, 20, 1000])
    func team(patients: Int) async throws {
        try await APISession.run(patients: patients) { session in
            for worker in Self.clinic.team {
                let record = try await session.send(.get, "/v1/workers/\(worker.id)").json[at: "data"]
                #expect(try record[at: "first_name"] == .string(worker.givenName))
                #expect(try record[at: "last_name"] == .string(worker.familyName))
                #expect(try record[at: "active"].isTrue)
                #expect(TimeZone(identifier: try record[at: "timezone"].string) != nil)
            }
            let nora = try await session.send(.get, "/v1/workers/\(Self.clinic.worker.id)").json[at: "data"]
            #expect(try nora[at: "role_ids"] == ["care_manager"])
            #expect(try await session.records("workers").count > Self.clinic.team.count)
        }
    }

    @Test("has the host page's notes, as old as there")
    func notes() async throws {
        try await APISession.run { session in
            let records = try await session.find("custom_data_type_records", ["type_name": "_note"])
            let notes = try records.json[at: "data"].list
            #expect(notes.count == Self.clinic.patients.map(\.notes.count).reduce(0, +))
            #expect(try Set(notes.map { try $0[at: "updated_at"].instant }).count == notes.count)
            for patient in Self.clinic.patients {
                let own = try notes.filter { try $0[at: "patient_id"] == .string(patient.id) }.reversed()
                #expect(try own.map { try $0[at: "id"].string } == patient.noteIDs)
                for (record, note) in zip(own, patient.notes) {
                    let written = Int(APISession.now / 1_000_000) - note.daysAgo * 86_400
                    #expect(try record[at: "created_at"].instant / 1_000_000 == written)
                    let body = try record[at: "body"]
                    #expect(try body[at: "note_text"] == .string(note.text))
                    #expect(try body[at: "written_by"] == .string(note.author))
                    #expect(try body[at: "written_at"].instant == record[at: "created_at"].instant)
                    let author = try #require(Self.clinic.team.first { note.author.contains($0.familyName) })
                    #expect(try record[at: "updated_by"] == .string(author.id))
                }
            }
        }
    }

    /// Family name, half hours from the next full one, reason, and whether it is done.
    private static let calls: [(String, Int, String, Bool)] = [
        ("Holm", -5, "Peak flow diary of two weeks", true), ("Farrow-Pinto", -3, "Mood questionnaire review", true),
        ("Castellan", -1, "Call back: called twice this morning", false), ("Brandt", 0, "Weight check", false),
        ("Okafor", 3, "Pain in the evening, stairs", false), ("Vane", 5, "Welcome call", false),
    ]

    /// The events of the logged-in worker's calendar that start within twelve hours, by time.
    private static func today(_ session: APISession, now: Int64) async throws -> [JSON] {
        let calendars = try await session.find("calendars", ["worker": clinic.worker.id]).ids
        let events = try await session.find("calendar_events", ["calendar_id": calendars[0]]).json[at: "data"].list
        return try events.filter { event in
            guard case .string = try event[at: "start_time"] else { return false }
            return abs(try event[at: "start_time"].instant - now) < 12 * 3_600_000_000
        }.sorted { try $0[at: "start_time"].instant < $1[at: "start_time"].instant }
    }

    @Test("has the host page's calls of the day, and no other", arguments: [0, 899_000_000, 1_799_999_999])
    func calls(later: Int64) async throws {
        let now = APISession.now + later
        try await APISession.run(now: now) { session in
            let events = try await Self.today(session, now: now)
            #expect(events.count == Self.calls.count)
            let base = (now / 1_800_000_000 + 1) * 1_800_000_000
            for (event, (name, halfHours, reason, isDone)) in zip(events, Self.calls) {
                let patient = try #require(Self.clinic.patients.first { $0.familyName == name })
                #expect(try event[at: "patient_id"] == .string(patient.id))
                #expect(try event[at: "start_time"].instant == base + Int64(halfHours) * 1_800_000_000)
                #expect(try event[at: "appointment_type"] == .string(reason))
                #expect(try event[at: "outcome"] == (isDone ? "completed" : .null))
                #expect(try event[at: "modality"] == "call")
                #expect(try event[at: "updated_at"].instant <= now)
                #expect(try event[at: "created_at"].instant <= event[at: "updated_at"].instant)
            }
        }
    }

    /// The last second of each half hour of a day in winter and one in summer, in microseconds since 1970.
    private static let starts = [1_799_971_200, 1_814_918_400].flatMap(halfHours)

    private static func halfHours(midnight: Int64) -> [Int64] {
        (1...48).map { (midnight + $0 * 1800 - 1) * 1_000_000 }
    }

    @Test("is where all its calls are on one day, but one of its patients is elsewhere", arguments: starts)
    func timeZones(now: Int64) async throws {
        try await APISession.run(patients: 7, now: now) { session in
            func zone(_ path: String) async throws -> TimeZone {
                let name = try await session.send(.get, path).json[at: "data"][at: "timezone"].string
                return try #require(TimeZone(identifier: name))
            }
            let own = try await zone("/v1/workers/\(Self.clinic.worker.id)")
            var calendar = Calendar(identifier: .gregorian)
            calendar.timeZone = own
            let times = try await Self.today(session, now: now).map { try $0[at: "start_time"].instant } + [now]
            let dates = times.map { Date(timeIntervalSince1970: Double($0) / 1_000_000) }
            #expect(Set(dates.map { calendar.component(.day, from: $0) }).count == 1)
            var elsewhere: [String] = []
            for patient in Self.clinic.patients {
                let zone = try await zone("/v1/patients/\(patient.id)")
                if zone.secondsFromGMT(for: dates[0]) != own.secondsFromGMT(for: dates[0]) {
                    elsewhere.append(patient.givenName)
                }
            }
            #expect(elsewhere == ["Ruth"])
        }
    }

    @Test("is as large as the number of patients allows, with nothing of the others")
    func fewPatients() async throws {
        try await APISession.run(patients: 2) { session in
            let known = Set(try await session.records("patients").map { try $0[at: "id"] })
            #expect(known.count == 2)
            for resource in ["phone_numbers", "custom_data_type_records", "calendar_events"] {
                let owners = Set(try await session.records(resource).map { try $0[at: "patient_id"] })
                #expect(owners == known, "\(resource)")
            }
        }
    }

    @Test("keeps its values when records change at random")
    func changes() async throws {
        try await APISession.run(seeded: { $0.loose = 0 }) { session in
            for (resource, ids) in [
                ("phone_numbers", Self.clinic.patients.flatMap { $0.phoneNumbers.map(\.id) }),
                ("custom_data_type_records", Self.clinic.patients.flatMap(\.noteIDs)),
                ("calendar_events", try await Self.today(session, now: APISession.now).map { try $0[at: "id"].string }),
            ] {
                func demo() async throws -> [JSON] {
                    var records: [JSON] = []
                    for id in ids {
                        records.append(try await session.send(.get, "/v1/\(resource)/\(id)").json[at: "data"])
                    }
                    return records
                }
                let before = try await demo()
                try await session.control("change", ["resource": .string(resource), "count": 1000])
                for (var old, new) in zip(before, try await demo()) {
                    #expect(old["updated_at"] != new["updated_at"])
                    old["updated_at"] = new["updated_at"]
                    #expect(old == new)
                }
            }
        }
    }
}

extension JSON {
    /// `true`, in either of the ways in which a record says it.
    var isTrue: Bool { self == .bool(true) || self == "true" }

    /// A date-time, in microseconds since 1970.
    var instant: Int64 {
        get throws {
            guard let instant = Instant(try string) else { throw Mismatch(value: self) }
            return instant.microseconds
        }
    }
}
