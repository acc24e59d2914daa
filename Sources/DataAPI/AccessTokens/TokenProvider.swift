/// Provides the token: from memory, from the store, or a new one. Any number of simultaneous callers
/// cause only one request.
actor TokenProvider {
    private let settings: ClientSettings
    private let grant: TokenGrant
    private let request: Request
    private var current: AccessToken?
    private var renewal: Task<AccessToken, any Error>?
    private var isStoreRead = false

    /// Sends the request for a token as often as the policy allows, and reads each answer.
    typealias Request =
        @Sendable (Call, _ read: @Sendable (Answer) throws -> AccessToken) async throws -> AccessToken

    init(_ settings: ClientSettings, request: @escaping Request) {
        self.settings = settings
        self.request = request
        grant = TokenGrant(settings)
    }

    func token() async throws -> AccessToken {
        while true {
            try Task.checkCancellation()
            if let current, current.isFresh(at: settings.time.now()) { return current }
            let renewal = renewal ?? start()
            do {
                // A cancelled caller stops it for all; callers that still need a token start it again.
                return try await withTaskCancellationHandler {
                    try await renewal.value
                } onCancel: {
                    renewal.cancel()
                }
            } catch is CancellationError {}
        }
    }

    /// Drops a token that Welkin no longer accepts, unless there is already a newer one.
    func discard(_ token: AccessToken) {
        if current?.revealed == token.revealed { current = nil }
    }

    private func start() -> Task<AccessToken, any Error> {
        let task = Task {
            defer { renewal = nil }
            return try await renew()
        }
        renewal = task
        return task
    }

    private func renew() async throws -> AccessToken {
        if let stored = stored() { return stored }
        let now = settings.time.now()
        let grant = grant
        let token = try await request(Call(token: grant.assertion(now: now))) { answer in
            try grant.token(from: answer, askedAt: now)
        }
        current = token
        settings.onEvent(.tokenRenewed)
        do {
            try settings.tokenStore?.save(token, grant.name)
        } catch {
            settings.onEvent(.tokenStoreFailed(String(describing: error)))
        }
        return token
    }

    /// The stored token, only once, because a refused token must not come back.
    private func stored() -> AccessToken? {
        guard !isStoreRead, let store = settings.tokenStore else { return nil }
        isStoreRead = true
        do {
            guard let token = try store.load(grant.name), token.isFresh(at: settings.time.now()) else { return nil }
            current = token
            return token
        } catch {
            settings.onEvent(.tokenStoreFailed(String(describing: error)))
            return nil
        }
    }
}
