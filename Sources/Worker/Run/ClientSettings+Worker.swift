package import DataAPI

extension WorkerSettings {
    /// The settings of the client; its token is kept beside the replica, whose folder nobody else
    /// may enter.
    ///
    /// - Parameter keepsToken: without it a token that is there is used, and a new one is not kept.
    package func client(keepsToken: Bool = true, onEvent: @escaping @Sendable (ClientEvent) -> Void) -> ClientSettings {
        var settings = access.client
        let file = TokenFile(path: replica.tokenPath)
        settings.tokenStore = keepsToken ? file : TokenReader(store: file)
        settings.onEvent = onEvent
        return settings
    }
}

extension WorkerSettings.Access {
    /// The settings of a client that keeps no token.
    package var client: ClientSettings {
        var settings = ClientSettings(origin: origin, clientID: clientID, secret: secret, scopes: scopes)
        settings.budget = RequestBudget(concurrent: concurrentRequests, perSecond: Double(requestsPerSecond))
        return settings
    }
}

extension ReplicaSettings {
    /// Where the token is kept.
    package var tokenPath: String { path + ".token" }
}
