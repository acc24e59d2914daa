package import DataAPI
package import Replica
package import Sync

extension WorkerSettings {
    /// The settings of the client; its token is kept beside the replica, whose folder nobody else
    /// may enter.
    ///
    /// - Parameters:
    ///   - keepsToken: without it a token that is there is used, and a new one is not kept.
    ///   - stop: once it is raised, nothing waits for the next request.
    package func client(
        keepsToken: Bool = true, stop: StopFlag = StopFlag(), onEvent: @escaping @Sendable (ClientEvent) -> Void
    ) -> ClientSettings {
        var settings = access.client(time: stop.time)
        let file = TokenFile.beside(replica.path)
        settings.tokenStore = keepsToken ? file : TokenReader(store: file)
        settings.onEvent = onEvent
        return settings
    }
}

extension WorkerSettings.Access {
    /// Where a replica's records come from with these settings.
    package var source: ReplicaSource { ReplicaSource(api: "\(origin)", clientID: clientID) }

    /// The settings of a client that keeps no token.
    package func client(time: TimeSource = .system) -> ClientSettings {
        var settings = ClientSettings(origin: origin, clientID: clientID, secret: secret, scopes: scopes)
        settings.budget = RequestBudget(
            concurrent: concurrentRequests, perSecond: Double(requestsPerSecond), time: time)
        settings.time = time
        settings.network = network
        return settings
    }
}

extension TokenFile {
    /// The one beside a replica's file.
    package static func beside(_ replica: String) -> TokenFile { TokenFile(path: replica + ".token") }
}
