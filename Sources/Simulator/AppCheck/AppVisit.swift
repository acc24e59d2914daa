/// A request that the simulator itself sent to the App, and its outcome.
package struct AppVisit: Sendable, Equatable {
    /// The request's kind.
    package enum Request: Sendable {
        /// The launch: a token, posted to the App URL.
        case launch(token: MintedToken)
        /// A page of the App's own origin, with the cookies that the App has set so far.
        case page(String, cookies: [String: String])
    }

    /// The result of the request.
    package enum Outcome: Sendable, Equatable {
        case answer(AppAnswer)
        case failure(ReachFailure)
    }

    package let method: String
    /// Complete, including secrets that must not be shown; see ``ShownAddress``.
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
