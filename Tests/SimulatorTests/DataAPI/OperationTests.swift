import Records
import Foundation
import HTTPTypes
import Simulator
import Testing

@Suite("Every operation of the Data API")
struct OperationTests {
    @Test("get answers the record, byte for byte", arguments: APISample.cases(.get))
    func get(sample: APISample.Case) async throws {
        try await APISession.run { session in
            let record = try await session.dump(sample.resource.name)[0]
            let id = try JSONDecoder().decode(JSON.self, from: Data(record.utf8))[at: "id"].string
            let answer = try await session.send(.get, "\(sample.path)/\(id)")
            #expect(answer.status == 200)
            #expect(answer.text == #"{"data":\#(record)}"#)
            #expect(answer.headers[.currentVersion] == "v1")
            let absent = try await session.send(.get, "\(sample.path)/00000000-0000-4000-8000-000000000000")
            #expect(absent.status == 404)
            #expect(try absent.codes == ["resource_not_found"])
        }
    }

    @Test("find answers records, and names what is missing", arguments: APISample.cases(.find))
    func find(sample: APISample.Case) async throws {
        try await APISession.run { session in
            let filters = try await APISample.filters(sample.resource, session)
            let answer = try await session.find(sample.resource.name, filters)
            #expect(answer.status == 200)
            #expect(try !answer.json[at: "data"].list.isEmpty)
            let bare = try await session.find(sample.resource.name)
            #expect(bare.status == (filters.isEmpty ? 200 : 400))
            guard !filters.isEmpty else { return }
            let named = try bare.json[at: "errors"].list.map { try $0[at: "extra"][at: "parameter"].string }
            #expect(Set(named) == Set(filters.keys))
        }
    }

    @Test("create makes a record that get and find then have", arguments: APISample.cases(.create))
    func create(sample: APISample.Case) async throws {
        try await APISession.run { session in
            let operation = try #require(sample.resource.operation(.create))
            let body = try await APISample.body(operation, session)
            let before = try await session.dump(sample.resource.name).count
            let answer = try await session.send(.post, sample.path, .object(body))
            #expect(answer.status == 200)
            let record = try answer.json[at: "data"]
            for field in sample.resource.fields {
                let value = try record[at: field.name]
                if let sent = body[field.name] { #expect(value == sent, "\(field.name)") }
            }
            let dump = try await session.dump(sample.resource.name)
            #expect(dump.count == before + 1)
            #expect(dump.last == String(answer.text.dropFirst(8).dropLast()))
            let again = try await session.send(.get, "\(sample.path)/\(try record[at: "id"].string)")
            #expect(try again.json[at: "data"] == record)
        }
    }

    @Test("create names every parameter that is missing", arguments: APISample.cases(.create))
    func incomplete(sample: APISample.Case) async throws {
        try await APISession.run { session in
            let operation = try #require(sample.resource.operation(.create))
            let before = try await session.dump(sample.resource.name)
            let answer = try await session.send(.post, sample.path, [:])
            #expect(answer.status == 400)
            let named = try answer.json[at: "errors"].list.map { try $0[at: "extra"][at: "parameter"].string }
            #expect(named == operation.parameters.filter(\.isRequired).map(\.name))
            #expect(try await session.dump(sample.resource.name) == before)
        }
    }

    @Test("update changes what was sent, and nothing else", arguments: APISample.cases(.update))
    func update(sample: APISample.Case) async throws {
        try await APISession.run { session in
            let operation = try #require(sample.resource.operation(.update))
            let old = try await session.records(sample.resource.name)[0]
            let writable = operation.parameters.filter { sample.resource.field($0.name) != nil && !$0.isDeprecated }
            let parameter = try #require(writable.first { $0.isRequired } ?? writable.first)
            let value = try await APISample.value(parameter, session)
            let id = try old[at: "id"].string
            let answer = try await session.send(.put, "\(sample.path)/\(id)", .object([parameter.name: value]))
            #expect(answer.status == 200)
            for field in sample.resource.fields where field.name != "updated_at" {
                let expected = field.name == parameter.name ? value : try old[at: field.name]
                #expect(try answer.json[at: "data"][at: field.name] == expected, "\(field.name)")
            }
            if sample.resource.cursorField != nil {
                let instant = Instant(try answer.json[at: "data"][at: "updated_at"].string)
                #expect(instant == Instant(microseconds: APISession.now))
            }
            #expect(try await session.records(sample.resource.name).last == answer.json[at: "data"])
        }
    }

    @Test("delete takes the record away", arguments: APISample.cases(.delete))
    func delete(sample: APISample.Case) async throws {
        try await APISession.run { session in
            let before = try await session.dump(sample.resource.name)
            let id = try await session.records(sample.resource.name)[0][at: "id"].string
            let answer = try await session.send(.delete, "\(sample.path)/\(id)")
            #expect(answer.status == 200)
            #expect(try await session.dump(sample.resource.name) == Array(before.dropFirst()))
            #expect(try await session.send(.get, "\(sample.path)/\(id)").status == 404)
            #expect(try await session.send(.delete, "\(sample.path)/\(id)").status == 404)
        }
    }

    @Test("find by POST takes its filters from the body")
    func findByPost() async throws {
        try await APISession.run { session in
            let record = try await session.records("phone_numbers")[3]
            let body: JSON = ["phone_number": try record[at: "phone_number"], "page[size]": 5]
            let answer = try await session.send(.post, "/v1/phone_numbers/find", body)
            #expect(try answer.ids.contains(record[at: "id"].string))
            let all = try await session.send(.post, "/v1/phone_numbers/find", ["page": ["size": "4"]])
            #expect(try all.ids.count == 4)
            let form = try await session.send(
                .post, "/v1/phone_numbers/find", type: "application/x-www-form-urlencoded",
                bytes: Array("phone_number=\(FormText.escape(record[at: "phone_number"].string))".utf8))
            #expect(try form.ids == answer.ids)
        }
    }

    @Test("upload takes the four types of files, and no other")
    func upload() async throws {
        try await APISession.run { session in
            for type in ["image/tiff", "image/jpeg", "image/png", "application/pdf"] {
                let answer = try await session.send(.post, "/v1/file_uploads/upload", type: type, bytes: [1, 2, 3])
                #expect(answer.status == 200)
                #expect(try answer.json[at: "data"][at: "mime_type"] == .string(type))
                #expect(try await session.records("file_uploads").last == answer.json[at: "data"])
            }
            let text = try await session.send(.post, "/v1/file_uploads/upload", type: "text/plain", bytes: [1])
            #expect(text.status == 400)
            let empty = try await session.send(.post, "/v1/file_uploads/upload", type: "image/png", bytes: [])
            #expect(empty.status == 400)
        }
    }

    @Test("what a resource does not offer is not found")
    func missing() async throws {
        try await APISession.run { session in
            for sample in APISample.missing {
                let rest = sample.kind.takesID ? "/3b6a9d52-41c7-4e0b-a8f3-d0925c7e1f64" : ""
                let suffix = sample.kind == .findByPost ? "/find" : sample.kind == .upload ? "/upload" : ""
                let method = try #require(HTTPRequest.Method(rawValue: sample.kind.method))
                let answer = try await session.send(method, sample.path + rest + suffix, [:])
                #expect(answer.status == 404, "\(sample.testDescription)")
                #expect(try answer.codes == ["not_found"])
            }
            #expect(try await session.find("nonsense").status == 404)
            #expect(try await session.send(.get, "/v2/patients").status == 404)
        }
    }

    @Test("availability has the free half hours of a worker's calendar, and no pages")
    func availability() async throws {
        try await APISession.run { session in
            let calendar = try await session.records("calendars")[0]
            let answer = try await session.find(
                "availability",
                [
                    "worker_id": calendar[at: "worker_id"].string, "start": "2026-01-09T16:40:00+00:00",
                    "end": "2026-01-12T09:30:00+00:00",
                ])
            #expect(answer.status == 200)
            #expect(try answer.json["links"] == nil)
            let free = try answer.json[at: "data"].list[0]
            #expect(try free[at: "calendar_id"] == calendar[at: "id"])
            // Of Friday nothing is left but a half that is begun; Monday begins at nine.
            #expect(
                try free[at: "available_times"] == [
                    ["start": "2026-01-12T09:00:00.000000+00:00", "end": "2026-01-12T09:30:00.000000+00:00"]
                ])
            let backwards = try await session.find(
                "availability",
                [
                    "worker_id": calendar[at: "worker_id"].string, "start": "2026-01-12T00:00:00Z",
                    "end": "2026-01-09T00:00:00Z",
                ])
            #expect(backwards.status == 400)
        }
    }
}

extension HTTPField.Name {
    static let currentVersion = Self("X-Current-API-Version")!
}
