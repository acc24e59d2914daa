package import DataAPI
package import Identifiers
package import Sync
package import Tokens

/// The validated settings of the commands that talk to Welkin.
package struct WorkerSettings: Sendable {
    /// The replica's file and its provider.
    package let replica: BoundReplicaSettings
    /// How to reach Welkin.
    package let access: Access
    /// The resources to pull when the command names none.
    package let resources: [Resource]
    /// By resource, the values of the filter that its Find requires.
    package let filterValues: [String: [String]]
    /// How to pull.
    package let sync: SyncSettings
    /// How many streams to pull at once.
    package let jobs: Int
    /// The URL to fetch after a run without failures; its address is a secret.
    package let heartbeat: Secret?

    /// How to reach Welkin, and how often.
    package struct Access: Sendable {
        /// `WELKIN_DATA_API_URL`
        package let origin: DataAPI.Origin
        /// `WELKIN_DATA_CLIENT_ID`
        package let clientID: String
        /// `WELKIN_DATA_CLIENT_SECRET`, or the content of the file
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

/// The settings of every command.
package struct ReplicaSettings: Sendable {
    /// `WELKIN_REPLICA`: the file.
    package let path: String
    /// `WELKIN_PROVIDER_ID`; nil if a command accepts a replica of any provider.
    package let provider: ProviderID?
    /// `WELKIN_JOURNAL`: the journal's file, or the default, beside the replica.
    package let journal: String
}

/// The settings of a command that writes to the replica.
package struct BoundReplicaSettings: Sendable {
    /// `WELKIN_REPLICA`: the file.
    package let path: String
    /// `WELKIN_PROVIDER_ID`
    package let provider: ProviderID
    /// `WELKIN_JOURNAL`: the journal's file, or the default, beside the replica.
    package let journal: String
}
