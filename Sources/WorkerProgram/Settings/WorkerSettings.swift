package import DataAPI
package import Identifiers
package import Sync
package import Tokens

/// What the commands that talk to Welkin are told by their operator, checked.
package struct WorkerSettings: Sendable {
    /// Where the replica is, and whose it is.
    package let replica: BoundReplicaSettings
    /// How Welkin is reached.
    package let access: Access
    /// What is pulled when no resource is named.
    package let resources: [Resource]
    /// By resource, the values of the filter that its Find requires.
    package let filterValues: [String: [String]]
    /// How pulling goes about it.
    package let sync: SyncSettings
    /// How many streams are pulled at once.
    package let jobs: Int
    /// What is fetched after a run in which nothing failed; a secret of its own kind.
    package let heartbeat: Secret?

    /// How Welkin is reached, and how often.
    package struct Access: Sendable {
        /// `WELKIN_DATA_API_URL`
        package let origin: DataAPI.Origin
        /// `WELKIN_DATA_CLIENT_ID`
        package let clientID: String
        /// `WELKIN_DATA_CLIENT_SECRET`, or what is in the file
        package let secret: Secret
        /// `WELKIN_DATA_SCOPES`
        package let scopes: [String]
        /// `WELKIN_DATA_REQUESTS_PER_SECOND`
        package let requestsPerSecond: Int
        /// `WELKIN_DATA_CONCURRENT_REQUESTS`
        package let concurrentRequests: Int
        /// Proxy and authorities
        package let network: NetworkSettings
    }
}

/// What every command is told.
package struct ReplicaSettings: Sendable {
    /// `WELKIN_REPLICA`: the file.
    package let path: String
    /// `WELKIN_PROVIDER_ID`; nil where a command reads whatever replica is there.
    package let provider: ProviderID?
}

/// What a command is told that writes to the replica.
package struct BoundReplicaSettings: Sendable {
    /// `WELKIN_REPLICA`: the file.
    package let path: String
    /// `WELKIN_PROVIDER_ID`
    package let provider: ProviderID
}
