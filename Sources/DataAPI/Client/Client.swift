import Synchronization

/// A client of the Data API, for any number of tasks at once. ``shutdown()`` must be called at its
/// end.
///
/// Every request waits for the budget, carries the token, and is checked against the catalogue
/// before it is sent. Reads are repeated by the policy; writes never. All of its methods throw
/// ``DataAPIError``, or `CancellationError` when the task is cancelled.
public final class Client: Sendable {
    let settings: ClientSettings
    private let transport: Transport
    private let streak: FailureStreak
    private let tokens: TokenProvider
    private let notices = Mutex<(deprecated: Bool, discontinued: Bool)>((false, false))

    /// Sends nothing yet.
    public init(_ settings: ClientSettings) {
        let (transport, streak) = (Transport(settings), FailureStreak())
        self.settings = settings
        self.transport = transport
        self.streak = streak
        tokens = TokenProvider(settings) { call, read in
            try await Attempts(settings, streak, resource: nil, operation: nil).run(isRepeatable: true) {
                try read(await settings.measured(nil) { try await transport.send(call) })
            }
        }
    }

    /// Ends all connections; requests in progress fail.
    public func shutdown() async throws { try await transport.shutdown() }

    /// Gets a token, possibly from the store, to test whether id, secret and scopes are valid.
    public func authenticate() async throws { _ = try await tokens.token() }

    /// How long ``isReachable()`` waits.
    package static let reachTime = Duration.seconds(10)

    /// Whether anything answers at the API's origin. Sends one request without a token; any answer counts. False
    /// when cancelled.
    public func isReachable() async -> Bool {
        do {
            _ = try await settings.measured(nil) { try await transport.send(Call.root, within: Self.reachTime) }
            return true
        } catch {
            // Even an answer that is too large is an answer.
            return (error as? DataAPIError)?.status != nil
        }
    }

    /// Sends a request, with a new token if necessary, and as often as the policy allows.
    ///
    /// - Parameter read: converts a successful answer; called again for each attempt.
    func perform<Result: Sendable>(
        _ call: Call, _ resource: Resource, _ operation: Operation.Kind,
        read: @Sendable (Answer) throws -> Result
    ) async throws -> Result {
        let attempts = Attempts(settings, streak, resource: resource.name, operation: operation)
        return try await attempts.run(isRepeatable: operation.isRead) {
            let answer = try await self.send(call, resource)
            if let error = DataAPIError(answer, now: self.settings.time.now()) { throw error }
            return try read(answer)
        }
    }

    /// One answer; after a 401, tries once more with a new token. A 401 means that nothing was done, so
    /// even writes may be sent again.
    private func send(_ call: Call, _ resource: Resource) async throws -> Answer {
        var answer: Answer?
        for _ in 0..<2 {
            let token = try await tokens.token()
            let latest = try await settings.measured(resource.name) {
                try await transport.send(call.authorized(by: token))
            }
            tellOnce(latest)
            answer = latest
            guard latest.status == 401 else { break }
            await tokens.discard(token)
        }
        return answer!
    }

    private func tellOnce(_ answer: Answer) {
        guard answer.isDeprecated || answer.isDiscontinued else { return }
        let (isDeprecatedNew, isDiscontinuedNew) = notices.withLock { told in
            let new = (answer.isDeprecated && !told.deprecated, answer.isDiscontinued && !told.discontinued)
            told = (told.deprecated || answer.isDeprecated, told.discontinued || answer.isDiscontinued)
            return new
        }
        if isDeprecatedNew { settings.onEvent(.versionDeprecated) }
        if isDiscontinuedNew { settings.onEvent(.versionDiscontinued) }
    }
}

extension ClientSettings {
    /// Waits for the budget, and reports the answer.
    func measured(_ resource: String?, _ send: () async throws -> Answer) async throws -> Answer {
        try await budget.withSlot {
            let start = time.uptime()
            var answer = try await send()
            answer.duration = time.uptime() - start
            onEvent(
                .answered(
                    resource: resource, status: answer.status, bytes: answer.body.count, duration: answer.duration))
            return answer
        }
    }
}
