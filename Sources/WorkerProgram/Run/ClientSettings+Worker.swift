package import DataAPI
package import Replica
package import Sync

extension WorkerSettings {
    /// The client's settings. Its token is kept beside the replica, in a folder that nobody else may
    /// enter.
    ///
    /// - Parameters:
    ///   - keepsToken: if false, a stored token is used, but a new one is not saved.
    ///   - stop: once raised, nothing waits for the next request.
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

/// Reads a stored token and saves none: for commands that change nothing on disk.
struct TokenReader: TokenStore {
    let store: any TokenStore

    func load(_ name: String) throws -> AccessToken? { try store.load(name) }

    func save(_ token: AccessToken, _ name: String) {}
}
