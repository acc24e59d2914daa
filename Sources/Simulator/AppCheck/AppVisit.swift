/// A request to the App that the simulator made itself, and what came of it.
package struct AppVisit: Sendable, Equatable {
    /// What is asked for.
    package enum Request: Sendable {
        /// The launch: a token, posted to the App URL.
        case launch(token: MintedToken)
        /// A page of the App's own origin, with the cookies that the App has set on the way.
        case page(String, cookies: [String: String])
    }

    /// What came of it.
    package enum Outcome: Sendable, Equatable {
        case answer(AppAnswer)
        case failure(ReachFailure)
    }

    package let method: String
    /// Whole, with what must not be shown; see ``ShownAddress``.
    package let url: String
    package let outcome: Outcome
    package let time: Duration

    package init(method: String, url: String, outcome: Outcome, time: Duration) {
        self.method = method
        self.url = url
        self.outcome = outcome
        self.time = time
    }

    var answer: AppAnswer? {
        guard case .answer(let answer) = outcome else { return nil }
        return answer
    }
}
