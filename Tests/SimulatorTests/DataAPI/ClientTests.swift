import DataAPI
import Foundation
import Hummingbird
import HummingbirdTesting
import Platform
import Simulator
import Testing
import Tokens

@Suite("The client, with the stand-in over the network")
struct ClientTests {
    private static func run(_ body: @escaping @Sendable (APISession, Client) async throws -> Void) async throws {
        try await APISession.run(.live) { session in
            let origin = try #require(Origin("http://127.0.0.1:\(session.http.port ?? 0)"))
            var settings = ClientSettings(
                origin: origin, clientID: "client-1", secret: Secret(Sample.secret.bytes))
            let system = TimeSource.system
            settings.time = TimeSource(
                now: { Instant(microseconds: APISession.now) }, uptime: system.uptime, sleep: system.sleep)
            settings.budget = RequestBudget(concurrent: 4)
            let client = Client(settings)
            let result: Result<Void, any Error>
            do { result = .success(try await body(session, client)) } catch { result = .failure(error) }
            try await client.shutdown()
            try result.get()
        }
    }

    @Test("get", arguments: APISample.cases(.get)) func get(sample: APISample.Case) async throws {
        try await Self.run { session, client in
            let stored = try await session.dump(sample.resource.name)[0]
            let record = try await client.get(sample.resource, id: try await session.id(sample))
            #expect(String(decoding: record.bytes, as: UTF8.self) == stored)
            let absent = await Self.failure {
                try await client.get(sample.resource, id: "00000000-0000-4000-8000-000000000000")
            }
            #expect(absent?.status == 404)
            #expect(absent?.errors.map(\.code) == ["resource_not_found"])
        }
    }

    @Test("find, by GET and by POST", arguments: APISample.cases(.find) + APISample.cases(.findByPost))
    func find(sample: APISample.Case) async throws {
        try await Self.run { session, client in
            let filters = try await APISample.filters(sample.resource, session).map { Filter($0.key, $0.value) }
            let request = FindRequest(
                sample.resource, filters: filters, page: PageRequest(size: sample.resource.isWindowed ? 7 : nil),
                byPost: sample.kind == .findByPost)
            var found: Set<String> = []
            for try await page in client.find(request) {
                for record in page.records { found.insert(String(decoding: record.bytes, as: UTF8.self)) }
            }
            let stored = try await session.dump(sample.resource.name)
            // What a filter leaves out is not there; availability is computed.
            if filters.isEmpty { #expect(found == Set(stored)) } else { #expect(!found.isEmpty) }
        }
    }

    @Test("create", arguments: APISample.cases(.create)) func create(sample: APISample.Case) async throws {
        try await Self.run { session, client in
            let operation = try #require(sample.resource.operation(.create))
            let body = JSON.object(try await APISample.body(operation, session))
            let record = try await client.create(sample.resource, body: Array(body.encoded.utf8))
            #expect(try await session.dump(sample.resource.name).last == String(decoding: record.bytes, as: UTF8.self))
        }
    }

    @Test("create, with records of another resource inside", arguments: Catalogue.batchPairs)
    func batch(pair: BatchPair) async throws {
        try await Self.run { session, client in
            let body = JSON.object(try await BatchTests.body(pair, session))
            let before = try await session.dump(pair.sub).count
            let base = try #require(Catalogue.resource(named: pair.base))
            let record = try await client.create(base, body: Array(body.encoded.utf8))
            #expect(try await session.records(pair.base).last?[at: "id"] == .string(record.id ?? ""))
            #expect(try await session.dump(pair.sub).count == before + 1)
        }
    }

    @Test("update", arguments: APISample.cases(.update)) func update(sample: APISample.Case) async throws {
        try await Self.run { session, client in
            let operation = try #require(sample.resource.operation(.update))
            let writable = operation.parameters.filter { sample.resource.field($0.name) != nil && !$0.isDeprecated }
            let parameter = try #require(writable.first { $0.isRequired } ?? writable.first)
            let value = try await APISample.value(parameter, session)
            let body = JSON.object([parameter.name: value])
            let record = try await client.update(
                sample.resource, id: try await session.id(sample), body: Array(body.encoded.utf8))
            #expect(try await session.records(sample.resource.name).last?[at: parameter.name] == value)
            #expect(try await session.dump(sample.resource.name).last == String(decoding: record.bytes, as: UTF8.self))
        }
    }

    @Test("delete", arguments: APISample.cases(.delete)) func delete(sample: APISample.Case) async throws {
        try await Self.run { session, client in
            let (before, id) = (try await session.dump(sample.resource.name), try await session.id(sample))
            try await client.delete(sample.resource, id: id)
            #expect(try await session.dump(sample.resource.name) == Array(before.dropFirst()))
            #expect(await Self.failure { try await client.delete(sample.resource, id: id) }?.status == 404)
        }
    }

    @Test("upload", arguments: FileType.allCases) func upload(type: FileType) async throws {
        try await Self.run { session, client in
            let record = try await client.upload([1, 2, 3], type: type)
            #expect(try await session.records("file_uploads").last?[at: "mime_type"] == .string(type.rawValue))
            #expect(try await session.dump("file_uploads").last == String(decoding: record.bytes, as: UTF8.self))
        }
    }

    /// The error of a request that must fail.
    private static func failure(of body: () async throws -> some Sendable) async -> DataAPIError? {
        do {
            _ = try await body()
            return nil
        } catch {
            return error as? DataAPIError
        }
    }
}

extension APISession {
    /// The id of the resource's first record.
    fileprivate func id(_ sample: APISample.Case) async throws -> String {
        try await records(sample.resource.name)[0][at: "id"].string
    }
}
