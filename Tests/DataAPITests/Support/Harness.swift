import DataAPI
import Synchronization
import Tokens

/// A stub server, a client of it, and what the client told.
struct Harness: Sendable {
    let server: StubServer
    let client: Client
    let time = TestTime()
    let events = Events()

    init(
        token: StubServer.Script? = nil, configure: (inout ClientSettings) -> Void = { _ in },
        _ script: @escaping StubServer.Script
    ) async throws {
        server = try await StubServer(token: token, script)
        var settings = ClientSettings(origin: server.origin, clientID: "client", secret: Secret(Harness.secret))
        settings.time = time.source
        settings.requestTimeout = TestTime.requestTimeout
        settings.random = { 0.5 }
        settings.budget = RequestBudget(concurrent: 8, time: time.source)
        settings.onEvent = { [events] in events.append($0) }
        configure(&settings)
        client = Client(settings)
    }

    static let secret = Array("a secret of the client, long enough".utf8)

    /// Runs `body`, and ends client and server whatever comes of it.
    static func run(
        token: StubServer.Script? = nil, configure: (inout ClientSettings) -> Void = { _ in },
        _ script: @escaping StubServer.Script, _ body: (Harness) async throws -> Void
    ) async throws {
        let harness = try await Harness(token: token, configure: configure, script)
        let result: Result<Void, any Error>
        do { result = .success(try await body(harness)) } catch { result = .failure(error) }
        try await harness.client.shutdown()
        try await harness.server.close()
        try result.get()
    }

    /// The error of a request that must fail.
    static func failure(of body: () async throws -> some Sendable) async -> DataAPIError? {
        do {
            _ = try await body()
            return nil
        } catch {
            return error as? DataAPIError
        }
    }
}

/// What a client told, in order.
final class Events: Sendable {
    private let events = Mutex<[ClientEvent]>([])

    func append(_ event: ClientEvent) { events.withLock { $0.append(event) } }

    /// How many events fit.
    func count(where fits: (ClientEvent) -> Bool) -> Int { events.withLock { $0.count(where: fits) } }
}
