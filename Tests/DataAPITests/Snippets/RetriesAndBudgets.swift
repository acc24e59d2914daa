// The code of DataAPI.docc/RetriesAndBudgets.md, in its order: SnippetTests compares and runs it.

import DataAPI

// snippet: policy
func giveUpSooner(_ settings: inout ClientSettings) {
    settings.retry = RetryPolicy(
        maximumAttempts: 3, totalTime: .seconds(20), networkTime: .seconds(10))
    settings.requestTimeout = .seconds(15)
}
// end

// snippet: delay
func firstWaits(_ policy: RetryPolicy) -> [Duration] {
    var (waits, elapsed): ([Duration], Duration) = ([], .zero)
    while let wait = policy.delay(
        after: DataAPIError(.serverError), attempt: waits.count + 1,
        isRepeatable: true, elapsed: elapsed, random: 1)
    {
        waits.append(wait)
        elapsed += wait
    }
    return waits
}
// end

// snippet: write
enum WriteOutcome {
    case done(Record)
    case notDone
    case unknown
}

func update(
    _ body: [UInt8], of id: String, _ client: Client
) async throws -> WriteOutcome {
    do {
        return .done(try await client.update(.patients, id: id, body: body))
    } catch let error as DataAPIError {
        return error.mayHaveBeenReceived ? .unknown : .notDone
    }
}
// end

// snippet: budget
func makeClients(
    _ one: ClientSettings, _ other: ClientSettings
) -> (Client, Client) {
    let budget = RequestBudget(concurrent: 2, perSecond: 5)
    var (one, other) = (one, other)
    one.budget = budget
    other.budget = budget
    return (Client(one), Client(other))
}
// end

// snippet: events
func watch(
    _ settings: inout ClientSettings, log: @escaping @Sendable (String) -> Void
) {
    settings.onEvent = { event in
        switch event {
        case .retrying(_, let error, let delay): log("\(error); again in \(delay)")
        case .tokenStoreFailed(let problem): log(problem)
        case .versionDeprecated: log("this version is deprecated")
        case .versionDiscontinued: log("this version is discontinued")
        case .answered, .tokenRenewed: break
        }
    }
}
// end

// snippet: errors
func advice(for error: DataAPIError) -> String {
    switch error.code {
    case .credentialsRefused: "Check the client's ID, its secret, and the clock."
    case .forbidden: "Ask Welkin for the scope."
    case _ where error.code.isTransient: "Try again later."
    default: "Trying again does not help: \(error)"
    }
}
// end
