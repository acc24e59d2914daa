import DataAPI
import Foundation
import Testing
import Tokens

@Suite("The token's file")
struct TokenFileTests {
    /// A folder of its own, removed at the end.
    private func withPath(_ body: (String) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try await body(folder.appendingPathComponent("token").path)
    }

    private func token(_ text: String) -> AccessToken {
        AccessToken(value: Secret(Array(text.utf8)), renewAt: Instant("2026-01-02T04:00:00Z")!)
    }

    @Test("keeps a token for nobody but its owner, under its name")
    func keeps() async throws {
        try await withPath { path in
            let file = TokenFile(path: path)
            #expect(try file.load("name") == nil)
            try file.save(token("abc"), "name")
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            #expect((attributes[.posixPermissions] as? Int) == 0o600)
            #expect(try file.load("name")?.renewAt == Instant("2026-01-02T04:00:00Z"))
            #expect(try file.load("another") == nil)
            try file.save(token("def"), "another")
            #expect(try file.load("name") == nil)
            let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["token"])
        }
    }

    @Test("takes what a killed run left of it away")
    func sweep() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data("a token".utf8).write(to: folder.appendingPathComponent(".token.welkin-worker-1.partial"))
        try TokenFile(path: folder.appendingPathComponent("token").path).save(token("abc"), "name")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["token"])
    }

    @Test("is refused when others can read it", arguments: [0o640, 0o604, 0o666])
    func exposed(mode: Int) async throws {
        try await withPath { path in
            let file = TokenFile(path: path)
            try file.save(token("abc"), "name")
            try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
            #expect(throws: TokenFile.Failure.exposed(path: path)) { try file.load("name") }
        }
    }

    @Test("that is garbage or a link is not taken for a token")
    func garbage() async throws {
        try await withPath { path in
            let file = TokenFile(path: path)
            try Data("{}".utf8).write(to: URL(fileURLWithPath: path))
            try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
            #expect(try file.load("name") == nil)
            try FileManager.default.createSymbolicLink(atPath: path + "-link", withDestinationPath: path)
            #expect(throws: TokenFile.Failure.self) { try TokenFile(path: path + "-link").load("name") }
        }
    }

    @Test("spares the next run its request, but not one with another secret or other scopes")
    func acrossRuns() async throws {
        try await withPath { path in
            try await Harness.run({ _, _ in .record }) { harness in
                /// One run after another against the same server.
                func run(_ change: (inout ClientSettings) -> Void = { _ in }) async throws {
                    var settings = ClientSettings(
                        origin: harness.server.origin, clientID: "client", secret: Secret(Harness.secret))
                    settings.time = harness.time.source
                    settings.requestTimeout = TestTime.requestTimeout
                    settings.tokenStore = TokenFile(path: path)
                    change(&settings)
                    let client = Client(settings)
                    _ = try await client.get(.patients, id: "1")
                    try await client.shutdown()
                }
                try await run()
                try await run()
                #expect(harness.server.tokenRequests.count == 1)
                #expect(harness.server.requests[1].headers["authorization"] == "Bearer token-1")
                try await run { $0.scopes = ["patients.read"] }
                #expect(harness.server.tokenRequests.count == 2)
                try await run { $0.scopes = ["patients.read"] }
                #expect(harness.server.tokenRequests.count == 2)
                try await run { $0.secret = Secret(Array("another secret".utf8)) }
                #expect(harness.server.tokenRequests.count == 3)
                harness.time.advance(by: .seconds(3590))
                try await run { $0.secret = Secret(Array("another secret".utf8)) }
                #expect(harness.server.tokenRequests.count == 4)
            }
        }
    }

    @Test("with a token that Welkin refuses is replaced, and an unusable one only told of")
    func replaced() async throws {
        try await withPath { path in
            let script: StubServer.Script = { request, number in number == 2 ? .status(401) : .record }
            try await Harness.run(configure: { $0.tokenStore = TokenFile(path: path) }, script) { harness in
                _ = try await harness.client.get(.patients, id: "1")
                _ = try await harness.client.get(.patients, id: "1")
                #expect(harness.server.tokenRequests.count == 2)
                #expect(try String(contentsOfFile: path, encoding: .utf8).contains("token-2"))
            }
            try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
            try await Harness.run(configure: { $0.tokenStore = TokenFile(path: path) }, script) { harness in
                _ = try await harness.client.get(.patients, id: "1")
                #expect(harness.events.count { if case .tokenStoreFailed = $0 { true } else { false } } == 1)
                let attributes = try FileManager.default.attributesOfItem(atPath: path)
                #expect((attributes[.posixPermissions] as? Int) == 0o600)
            }
        }
    }
}
