package import DataAPI

extension WorkerSettings {
    /// The settings of the client; its token is kept beside the replica, whose folder nobody else
    /// may enter.
    ///
    /// - Parameter keepsToken: without it a token that is there is used, and a new one is not kept.
    package func client(keepsToken: Bool = true, onEvent: @escaping @Sendable (ClientEvent) -> Void) -> ClientSettings {
        var settings = ClientSettings(
            origin: access.origin, clientID: access.clientID, secret: access.secret, scopes: access.scopes)
        let file = TokenFile(path: replica.path + ".token")
        settings.tokenStore = keepsToken ? file : TokenReader(store: file)
        settings.budget = RequestBudget(
            concurrent: access.concurrentRequests, perSecond: Double(access.requestsPerSecond))
        settings.onEvent = onEvent
        return settings
    }
}
