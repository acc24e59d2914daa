extension FindRequest {
    /// How often to request a page while the answers belong to other requests.
    private static let maximumAnswers = 3

    /// The answer to this request. If its links name another window, it is an old answer that was
    /// served again: its records do no harm, but its end is not ours.
    ///
    /// - Parameter ask: sends one request.
    /// - Throws: ``DataAPIError/Code/wrongPage`` when none of several answers belongs here.
    package func answer(_ ask: (FindRequest) async throws -> Page) async throws -> Page {
        for _ in 0..<Self.maximumAnswers {
            let page = try await ask(self)
            if !page.linkProblems.contains(.otherWindow) { return page }
        }
        throw failure(.wrongPage)
    }

    /// An error about this request.
    func failure(_ code: DataAPIError.Code) -> DataAPIError {
        var error = DataAPIError(code)
        error.resource = resource.name
        error.operation = operation
        return error
    }
}
