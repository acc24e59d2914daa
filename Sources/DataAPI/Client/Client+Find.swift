import StrictJSON

extension Client {
    /// One page, for a caller that keeps its own place.
    public func page(_ request: FindRequest) async throws -> Page {
        try RequestCheck.check(request)
        var call = Call(request.resource, request.operation, query: request.byPost ? [] : request.parameters)
        if request.byPost {
            var body = JSONWriter()
            body.object { for parameter in request.parameters { $0.member(parameter.name, parameter.value) } }
            call = call.sending(json: body.bytes)
        }
        // No page is smaller, so if this one is too large, the record itself is.
        call.outlinesOversized = request.page.size == 1
        return try await perform(call, request.resource, request.operation) { answer in
            // Any other success status means something else: accepted but not done, or partial content.
            guard answer.status == 200 else { throw DataAPIError(Page.Failure.noData, answer) }
            if let oversized = answer.oversized {
                guard var page = Page(oversized, answering: request, origin: self.settings.origin) else {
                    throw DataAPIError(tooLarge: answer)
                }
                page.askedAt = answer.askedAt
                return page
            }
            do throws(Page.Failure) {
                var page = try Page(parsing: answer.body, answering: request, origin: self.settings.origin)
                page.askedAt = answer.askedAt
                return page
            } catch {
                throw DataAPIError(error, answer)
            }
        }
    }

    /// All pages, one at a time on demand. Ends with an error rather than skip any: `stuck` if the next
    /// page would be one that has already come, `unclearLink` if nothing valid says which it is,
    /// `wrongPage` if the answers belong to other requests.
    public func find(_ request: FindRequest) -> Pages { Pages(client: self, request: request) }
}

/// The pages of one Find, in order.
public struct Pages: AsyncSequence, Sendable {
    let client: Client
    let request: FindRequest

    /// Begins with the first page.
    public func makeAsyncIterator() -> Iterator { Iterator(client: client, request: request) }

    /// Requests each page on demand.
    public struct Iterator: AsyncIteratorProtocol {
        let client: Client
        let request: FindRequest
        var steps: PageSteps<LinkDecision>
        /// Why the last page has no next one; told once that page was given out.
        var failure: DataAPIError?

        init(client: Client, request: FindRequest) {
            self.client = client
            self.request = request
            steps = PageSteps(LinkDecision(), from: request.page)
        }

        /// Nil after the last page.
        public mutating func next() async throws -> Page? {
            if let failure {
                self.failure = nil
                throw failure
            }
            let (client, find) = (client, request)
            let next = try await steps.next { request in
                try await find.with(page: request).answer { try await client.page($0) }
            }
            if case .failed(let code) = next?.step { failure = request.failure(code) }
            return next?.page
        }
    }
}
