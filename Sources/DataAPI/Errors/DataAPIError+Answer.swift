extension DataAPIError {
    /// The error of an answer; nil for a 2xx.
    init?(_ answer: Answer, now: Instant) {
        switch answer.status {
        case 200..<300: return nil
        case 300..<400: self.init(.redirected)
        case 401: self.init(.unauthorized)
        case 403: self.init(.forbidden)
        case 404: self.init(.notFound)
        case 429: self.init(.tooManyRequests)
        case 400..<500: self.init(.refused)
        default: self.init(.serverError)
        }
        status = answer.status
        errors = APIError.all(in: answer.body)
        mediaType = errors.isEmpty ? answer.foreignMediaType : nil
        // A refusal proves that nothing was done; a server's error does not.
        mayHaveBeenReceived = code == .serverError
        retryAfter = answer.retryAfter.flatMap { RetryAfter.parse($0, now: answer.date ?? now) }
    }

    /// The error of an answer that exceeds the limit.
    init(tooLarge answer: Answer) {
        self.init(.tooLarge)
        status = answer.status
        mayHaveBeenReceived = true
    }

    /// The error of a request without an answer.
    package init(_ problem: NetworkProblem) {
        self.init(problem.isTimeout ? .timedOut : .connection)
        cause = problem
        mayHaveBeenReceived = !problem.isBeforeSending
    }

    /// The error of an unreadable page.
    init(_ failure: Page.Failure, _ answer: Answer) {
        switch failure {
        case .truncated: self.init(.truncated)
        case .notJSON: self.init(.notJSON)
        case .noData: self.init(.malformed)
        }
        status = answer.status
        mediaType = answer.foreignMediaType
        mayHaveBeenReceived = true
    }
}
