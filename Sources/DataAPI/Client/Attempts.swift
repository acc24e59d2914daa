/// Retries a request according to the policy.
struct Attempts: Sendable {
    let settings: ClientSettings
    let streak: FailureStreak
    let resource: String?
    let operation: Operation.Kind?

    init(_ settings: ClientSettings, _ streak: FailureStreak, resource: String?, operation: Operation.Kind?) {
        self.settings = settings
        self.streak = streak
        self.resource = resource
        self.operation = operation
    }

    /// The first result; otherwise the last error, with resource and operation.
    func run<Result: Sendable>(isRepeatable: Bool, _ body: () async throws -> Result) async throws -> Result {
        let start = settings.time.uptime()
        var policy = settings.retry
        if streak.isLong { policy.maximumAttempts = 1 }
        var attempt = 1
        while true {
            do {
                let result = try await body()
                streak.end()
                return result
            } catch var error as DataAPIError {
                // An error of the token's own request has already had its attempts.
                guard error.attempts == 0 else { throw error }
                error.resource = resource
                error.operation = operation
                let delay = policy.delay(
                    after: error, attempt: attempt, isRepeatable: isRepeatable,
                    elapsed: settings.time.uptime() - start, random: settings.random())
                // Other requests should wait as well, unless they could not wait so long.
                if let retryAfter = error.retryAfter, retryAfter <= settings.retry.totalTime {
                    settings.budget.holdOff(for: retryAfter)
                }
                error.attempts = attempt
                guard let delay else {
                    if isRepeatable { streak.gaveUp(error) }
                    throw error
                }
                settings.onEvent(.retrying(resource: resource, error: error, delay: delay))
                try await settings.time.pause(delay)
                attempt += 1
            }
        }
    }
}
