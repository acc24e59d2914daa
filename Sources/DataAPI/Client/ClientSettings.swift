public import Tokens

/// What a ``Client`` has to know.
public struct ClientSettings: Sendable {
    /// The API's origin.
    public var origin: Origin
    /// The client's id, as issued by Welkin.
    public var clientID: String
    /// The client's secret, as issued by Welkin; signs the request for a token.
    public var secret: Secret
    /// How to reach the origin.
    public var network: NetworkSettings
    /// The token's scopes: `patients.read`, …, or `all`.
    public var scopes: [String]
    /// Keeps the token between runs; nil requests a new one in each.
    public var tokenStore: (any TokenStore)?
    /// Shared by all requests of this client, and by other clients with the same budget.
    public var budget: RequestBudget
    /// When to retry failed reads.
    public var retry: RetryPolicy
    /// The time limit of one attempt, from connecting to the answer's last byte.
    public var requestTimeout: Duration
    /// A larger answer is refused while it arrives.
    public var maximumResponseBytes: Int
    /// The clocks.
    public var time: TimeSource
    /// Random numbers from 0 to 1, for the delays between attempts.
    public var random: @Sendable () -> Double
    /// Receives events, for logs and metrics. Called from any task; should return soon.
    public var onEvent: @Sendable (ClientEvent) -> Void

    /// Everything else has a default that suits a worker, and can be set afterwards.
    public init(origin: Origin = .welkin, clientID: String, secret: Secret, scopes: [String] = [Catalogue.allScope]) {
        self.origin = origin
        self.clientID = clientID
        self.secret = secret
        self.scopes = scopes
        network = NetworkSettings()
        budget = RequestBudget(concurrent: 4, perSecond: 10)
        retry = RetryPolicy()
        requestTimeout = .seconds(60)
        maximumResponseBytes = 16 << 20
        time = .system
        random = { Double.random(in: 0...1) }
        onEvent = { _ in }
    }
}
