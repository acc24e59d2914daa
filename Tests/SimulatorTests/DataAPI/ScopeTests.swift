import Records
import HTTPTypes
import Testing

@Suite("Scopes of the Data API")
struct ScopeTests {
    /// A request of an operation that would be answered with 200, were it allowed.
    private static func send(_ sample: APISample.Case, _ all: APISession, _ session: APISession) async throws
        -> APISession.Answer
    {
        let operation = try #require(sample.resource.operation(sample.kind))
        var body = try await APISample.body(operation, all)
        if body.isEmpty, let parameter = operation.parameters.first {
            body[parameter.name] = try await APISample.value(parameter, all)
        }
        func id() async throws -> String { try await all.records(sample.resource.name)[0][at: "id"].string }
        switch sample.kind {
        case .get: return try await session.send(.get, "\(sample.path)/\(id())")
        case .find: return try await session.find(sample.resource.name, APISample.filters(sample.resource, all))
        case .findByPost: return try await session.send(.post, "\(sample.path)/find", [:])
        case .create: return try await session.send(.post, sample.path, .object(body))
        case .update: return try await session.send(.put, "\(sample.path)/\(id())", .object(body))
        case .delete: return try await session.send(.delete, "\(sample.path)/\(id())")
        case .upload:
            return try await session.send(.post, "\(sample.path)/upload", type: "image/png", bytes: [1])
        }
    }

    @Test("the operation's own scope is enough, and any other is not", arguments: APISample.cases)
    func own(sample: APISample.Case) async throws {
        try await APISession.run { all in
            let resource = sample.resource
            let own = sample.kind.isRead ? resource.readScope : resource.writeScope ?? resource.readScope
            let other = resource.name == "patients" ? "visits.read visits.write" : "patients.read patients.write"
            let opposite =
                sample.kind.isRead ? "\(resource.name).write" : resource.writeScope.map { _ in resource.readScope }
            let refused = try await Self.send(
                sample, all, all.with(scope: [other, opposite].compactMap(\.self).joined(separator: " ")))
            #expect(refused.status == 403)
            #expect(try refused.codes == ["forbidden"])
            let allowed = try await Self.send(sample, all, all.with(scope: own))
            #expect(allowed.status == 200)
            // Who may write and not read learns the id, and no more.
            if !sample.kind.isRead, own == resource.writeScope {
                #expect(try Array(allowed.json[at: "data"].members.keys) == ["id"])
            }
        }
    }

    @Test("without a token, or with one that is none, nothing is answered")
    func noToken() async throws {
        try await APISession.run { session in
            for token in ["", "nonsense"] {
                var session = session
                session.token = token
                let answer = try await session.find("patients")
                #expect(answer.status == 401)
                #expect(try answer.codes == ["unauthorized"])
            }
        }
    }
}
