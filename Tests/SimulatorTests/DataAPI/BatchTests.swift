import Records
import HTTPTypes
import Testing

@Suite("Creating records in one POST")
struct BatchTests {
    /// A body of the base with a record of the other resource inside, without what points between them.
    static func body(_ pair: BatchPair, _ session: APISession) async throws -> [String: JSON] {
        func body(_ resource: String) async throws -> [String: JSON] {
            let operation = try #require(Catalogue.resource(named: resource)?.operation(.create))
            return try await APISample.body(operation, session)
        }
        var (base, sub) = (try await body(pair.base), try await body(pair.sub))
        for pointer in pair.pointers {
            if pair.isMany { sub[pointer] = nil } else { base[pointer] = nil }
        }
        base[pair.key] = pair.isMany ? [.object(sub)] : .object(sub)
        return base
    }

    @Test("makes both records, and has one point to the other", arguments: Catalogue.batchPairs)
    func pair(pair: BatchPair) async throws {
        try await APISession.run { session in
            let body = try await Self.body(pair, session)
            let answer = try await session.send(.post, "/v1/\(pair.base)", .object(body))
            #expect(answer.status == 200)
            let (base, sub) = try await (session.records(pair.base), session.records(pair.sub))
            #expect(base.last == (try answer.json[at: "data"]))
            let (pointing, target) =
                try pair.isMany ? (#require(sub.last), #require(base.last)) : (#require(base.last), #require(sub.last))
            for pointer in pair.pointers {
                let name: JSON = .string(pair.isMany ? pair.base : pair.sub)
                #expect(try pointing[at: pointer] == (pointer == "resource" ? name : target[at: "id"]))
            }
        }
    }

    @Test("makes none when one of them is wrong", arguments: Catalogue.batchPairs)
    func allOrNothing(pair: BatchPair) async throws {
        try await APISession.run { session in
            var body = try await Self.body(pair, session)
            body[pair.key] = pair.isMany ? [[:]] : [:]
            let before = try await (session.dump(pair.base), session.dump(pair.sub))
            let answer = try await session.send(.post, "/v1/\(pair.base)", .object(body))
            #expect(answer.status == 400)
            let after = try await (session.dump(pair.base), session.dump(pair.sub))
            #expect(after == before)
        }
    }

    @Test("gives a record a name of ours that is unique")
    func unique() async throws {
        try await APISession.run { session in
            let operation = try #require(Resource.patients.operation(.create))
            var body = try await APISample.body(operation, session)
            func name(_ names: String...) -> JSON {
                .array(names.map { ["namespace": "ours", "external_id": .string($0)] })
            }
            body["external_ids"] = name("a", "b")
            #expect(try await session.send(.post, "/v1/patients", .object(body)).status == 200)
            let count = try await session.dump("patients").count
            for names in [name("a"), name("c", "b"), name("d", "d")] {
                body["external_ids"] = names
                let answer = try await session.send(.post, "/v1/patients", .object(body))
                #expect(answer.status == 400)
                #expect(try answer.codes == ["uniqueness_exception"])
            }
            #expect(try await session.dump("patients").count == count)
            // What was refused has taken no name.
            body["external_ids"] = name("c", "d")
            #expect(try await session.send(.post, "/v1/patients", .object(body)).status == 200)
        }
    }

    @Test("keeps names unique when they are changed")
    func renamed() async throws {
        try await APISession.run { session in
            let records = try await session.records("external_ids")
            let path = "/v1/external_ids/\(try records[0][at: "id"].string)"
            let taken = try await session.send(.put, path, ["external_id": records[1][at: "external_id"]])
            #expect(try taken.codes == ["uniqueness_exception"])
            #expect(try await session.send(.put, path, ["external_id": records[0][at: "external_id"]]).status == 200)
            #expect(try await session.send(.put, path, ["external_id": "new"]).status == 200)
        }
    }

    @Test("refuses a record that points to nothing, or holds what it cannot")
    func references() async throws {
        try await APISession.run { session in
            let operation = try #require(Resource.visits.operation(.create))
            var body = try await APISample.body(operation, session)
            body["patient_id"] = "00000000-0000-4000-8000-000000000000"
            #expect(try await session.send(.post, "/v1/visits", .object(body)).codes == ["resource_not_found"])
            body["patient_id"] = "nobody"
            body["start_time"] = "soon"
            body["nonsense"] = 1
            let answer = try await session.send(.post, "/v1/visits", .object(body))
            let named = try answer.json[at: "errors"].list.map { try $0[at: "extra"][at: "parameter"].string }
            #expect(Set(named) == ["patient_id", "start_time", "nonsense"])
            let text = try await session.send(.post, "/v1/visits", bytes: Array("{".utf8))
            #expect(try text.codes == ["parse_exception"])
        }
    }
}
