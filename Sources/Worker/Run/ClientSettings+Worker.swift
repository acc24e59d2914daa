package import DataAPI

extension WorkerSettings {
    /// The settings of the client; its token is kept beside the replica, whose folder nobody else
    /// may enter.
    package func client(onEvent: @escaping @Sendable (ClientEvent) -> Void) -> ClientSettings {
        var settings = ClientSettings(
            origin: access.origin, clientID: access.clientID, secret: access.secret, scopes: access.scopes)
        settings.tokenStore = TokenFile(path: replica.path + ".token")
        settings.budget = RequestBudget(
            concurrent: access.concurrentRequests, perSecond: Double(access.requestsPerSecond))
        settings.onEvent = onEvent
        return settings
    }
}
